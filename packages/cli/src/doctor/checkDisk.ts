/** Whether the home can be written, and how much room there is. */
import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { formatBytes } from "../terminal/formatQuantity.ts";
import type { Examined, Finding } from "./check.ts";

/** What `start` keeps of models and contributions unless it is told otherwise. */
const USUAL_BYTES = 20e9;
const FEWEST_BYTES = 1e9;

export function checkDisk({ home }: Examined): Finding {
  const place = existingParent(resolve(home));
  try {
    accessSync(place, constants.W_OK);
  } catch {
    return {
      verdict: "problem",
      found: `${place} cannot be written`,
      remedy: "choose another folder with --home, or change its owner",
    };
  }
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  const found = `${formatBytes(free)} free at ${place}`;
  if (free >= USUAL_BYTES) return { verdict: "good", found };
  if (free >= FEWEST_BYTES)
    return { verdict: "notice", found, remedy: `start with --storage ${Math.floor(free / 2e9) || 1}, or make room` };
  return { verdict: "problem", found, remedy: "make room: a node stops taking part when the disk is full" };
}

function existingParent(path: string): string {
  return existsSync(path) ? path : existingParent(dirname(path));
}
