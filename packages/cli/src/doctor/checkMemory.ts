/** Whether training fits beside what else runs. */
import { freemem, totalmem } from "node:os";
import { formatBytes } from "../terminal/formatQuantity.ts";
import type { Examined, Finding } from "./check.ts";

const BYTES_PER_MEBIBYTE = 2 ** 20;
/** Libp2p, the chain's state, buffers of contributions: what a node takes beside its engine. */
const NODE_BYTES = 300 * BYTES_PER_MEBIBYTE;

export function checkMemory({ measured }: Examined): Finding {
  const needed = measured.memoryMegabytes * BYTES_PER_MEBIBYTE + NODE_BYTES;
  const found = `${formatBytes(freemem())} of ${formatBytes(totalmem())} free; a node that trains ${measured.preset} takes about ${formatBytes(needed)}`;
  if (freemem() >= needed) return { verdict: "good", found };
  if (totalmem() >= needed)
    return { verdict: "notice", found, remedy: "close other programs, or the system will swap" };
  return {
    verdict: "problem",
    found,
    remedy: "take part with --role validator or observer, or use a machine with more memory",
  };
}
