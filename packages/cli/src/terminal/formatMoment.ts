/** Heights as people read them: with how far away they are, in blocks and in time. */
import { formatCount, formatDuration } from "./formatQuantity.ts";

export interface ChainTime {
  /** Height of the last block. */
  readonly height: number;
  /** What the network aims at; the estimates are made with it. */
  readonly blockSeconds: number;
}

/** `block 120, in 84 blocks, about 1 min 24 s`; `block 12, 24 blocks ago`. */
export function formatMoment(height: number, now: ChainTime): string {
  const away = height - now.height;
  const block = `block ${formatCount(height)}`;
  if (away === 0) return `${block}, now`;
  return away > 0 ? `${block}, in ${formatSpan(away, now)}` : `${block}, ${blocks(-away)} ago`;
}

/** `84 blocks, about 1 min 24 s` */
export function formatSpan(count: number, { blockSeconds }: Pick<ChainTime, "blockSeconds">): string {
  return `${blocks(count)}, about ${formatDuration(count * blockSeconds)}`;
}

function blocks(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "block" : "blocks"}`;
}
