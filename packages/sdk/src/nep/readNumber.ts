/** Numbers of the front matter, exact. */
export type NumberReading =
  | { readonly ok: true; readonly value: bigint }
  | { readonly ok: false; readonly reason: string };

/** The signed numbers of the protocol end here. */
const LIMIT = 1n << 126n;

export function readNumber(text: string, parse: (text: string) => bigint | undefined): NumberReading {
  const value = parse(text);
  if (value === undefined) {
    return {
      ok: false,
      reason: "is not written as a number here; write it plainly, like 5 or 0.0005, at most 18 decimals",
    };
  }
  if (value >= LIMIT || value <= -LIMIT) return { ok: false, reason: "is too large; write a smaller number" };
  return { ok: true, value };
}
