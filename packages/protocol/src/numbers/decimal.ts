/** Exact decimal numbers: a `bigint` that counts 10^-18, the unit of amounts and of every fraction in the rules. */
export const DECIMALS = 18;
export const ONE = 10n ** 18n;

/** `-12.5` -> -12.5 * 10^18; undefined for anything but plain decimal notation with at most 18 decimals. */
export function parseDecimal(text: string): bigint | undefined {
  const [, sign, whole, fraction = ""] = /^(-?)(\d{1,30})(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const magnitude = BigInt(whole) * ONE + BigInt(fraction.padEnd(DECIMALS, "0"));
  return sign === "-" ? -magnitude : magnitude;
}

/** The shortest text that `parseDecimal` reads as the same number: `0.0005`, `-40`. */
export function formatDecimal(value: bigint): string {
  const magnitude = value < 0n ? -value : value;
  const fraction = String(magnitude % ONE)
    .padStart(DECIMALS, "0")
    .replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${magnitude / ONE}${fraction === "" ? "" : `.${fraction}`}`;
}

/** For constants in code. @throws {Error} when the text is no decimal. */
export function decimal(text: string): bigint {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`internal: "${text}" is no decimal`);
  return value;
}

/** a * b / c, rounded down. All at least 0, c above 0. */
export function mulDivDown(a: bigint, b: bigint, c: bigint): bigint {
  return (a * b) / c;
}

/** a * b / c, rounded up. All at least 0, c above 0. */
export function mulDivUp(a: bigint, b: bigint, c: bigint): bigint {
  return (a * b + c - 1n) / c;
}
