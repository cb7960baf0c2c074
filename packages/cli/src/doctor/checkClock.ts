/** The clock against the time that the network's newest block says. Rules count blocks; a wrong clock makes headers that others refuse. */
import { formatDuration } from "../terminal/formatQuantity.ts";
import type { Examined, Finding } from "./check.ts";

const MS_PER_SECOND = 1000;
/** Blocks may be missed now and then. */
const BLOCKS_OF_GRACE = 10;
const GRACE_SECONDS = 5;

export function checkClock({ node }: Examined): Finding {
  if (node === undefined) {
    return { verdict: "unknown", found: "no node to compare the clock with", remedy: "name one that runs with --node" };
  }
  const { head, blockSeconds } = node.status;
  const aheadSeconds = (Date.now() - head.timeMs) / MS_PER_SECOND;
  const graceSeconds = BLOCKS_OF_GRACE * blockSeconds + GRACE_SECONDS;
  if (aheadSeconds >= -GRACE_SECONDS && aheadSeconds <= graceSeconds) {
    return { verdict: "good", found: `agrees with block ${head.height} to within ${formatDuration(graceSeconds)}` };
  }
  const direction = aheadSeconds > 0 ? "after" : "before";
  const found = `${formatDuration(Math.abs(aheadSeconds))} ${direction} the time of the newest block, ${head.height}`;
  const remedy = "let the system set its clock (timedatectl set-ntp true); if it is right, the network makes no blocks";
  return { verdict: "problem", found, remedy };
}
