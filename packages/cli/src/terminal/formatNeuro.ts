/** Amounts and decimals as people read them: separated thousands, as many decimals as an eye takes in. */

const DECIMALS = 18;
const ONE = 10n ** BigInt(DECIMALS);
/** Digits after the point, or after the zeros behind it where nothing stands before it. */
const SHOWN_DIGITS = 6;

/** `1,234.5 NEURO`. `amount`: base units. */
export function formatNeuro(amount: bigint | string): string {
  return `${formatUnits(BigInt(amount))} NEURO`;
}

/** A number that counts 10^-18. Where digits are left out, an ellipsis says so: nothing is rounded up. */
export function formatUnits(value: bigint, shownDigits = SHOWN_DIGITS): string {
  const magnitude = value < 0n ? -value : value;
  const whole = magnitude / ONE;
  const digits = String(magnitude % ONE)
    .padStart(DECIMALS, "0")
    .replace(/0+$/, "");
  const zeros = whole === 0n ? (/^0*/.exec(digits)?.[0].length ?? 0) : 0;
  const shown = digits.slice(0, zeros + shownDigits).replace(/0+$/, "");
  const rest = shown.length < digits.length ? "…" : "";
  const fraction = shown === "" && rest === "" ? "" : `.${shown}${rest}`;
  return `${value < 0n ? "-" : ""}${whole.toLocaleString("en-US")}${fraction}`;
}

/** `66.67 %`. `fraction`: counts 10^-18; rounded down. */
export function formatPercent(fraction: bigint): string {
  const hundredths = (fraction * 10_000n) / ONE;
  const digits = String(hundredths % 100n)
    .padStart(2, "0")
    .replace(/0+$/, "");
  return `${(hundredths / 100n).toLocaleString("en-US")}${digits === "" ? "" : `.${digits}`} %`;
}
