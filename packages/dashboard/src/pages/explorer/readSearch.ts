/** What somebody typed into the search of the explorer, as a place in it. */
import { linkTo } from "../../route/readRoute.ts";

const LARGEST_DIGITS = 15;

/** Undefined: it is nothing that can be looked up. */
export function readSearch(text: string): string | undefined {
  const words = text.trim().toLowerCase();
  const round = /^(?:round|r)\s*#?\s*(\d+)$/.exec(words)?.[1];
  if (round !== undefined && round.length <= LARGEST_DIGITS) return linkTo("explorer", "round", Number(round));
  const height = /^(?:block|#)?\s*([\d,]+)$/.exec(words)?.[1]?.replaceAll(",", "");
  if (height !== undefined && height !== "" && height.length <= LARGEST_DIGITS) {
    return linkTo("explorer", "block", Number(height));
  }
  if (/^neuro1[02-9ac-hj-np-z]{38}$/.test(words)) return linkTo("explorer", "account", words);
  if (/^[0-9a-f]{64}$/.test(words)) return linkTo("explorer", "transaction", words);
  return undefined;
}
