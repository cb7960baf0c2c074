/** Amounts as people read them: separated thousands, as many decimals as an eye takes in; nothing is rounded up. */

const DECIMALS = 18;
const ONE = 10n ** BigInt(DECIMALS);
const USUAL_DIGITS = 4;

/** `1,234.5`. `amount`: base units, as the API writes them too. Where digits are left out, an ellipsis says so. */
export function formatNeuro(amount: bigint | string, digits = USUAL_DIGITS): string {
  const value = BigInt(amount);
  const magnitude = value < 0n ? -value : value;
  const whole = magnitude / ONE;
  const decimals = String(magnitude % ONE)
    .padStart(DECIMALS, "0")
    .replace(/0+$/, "");
  const zeros = whole === 0n ? decimals.length - decimals.replace(/^0+/, "").length : 0;
  const shown = decimals.slice(0, zeros + digits).replace(/0+$/, "");
  const rest = shown.length < decimals.length ? "…" : "";
  const fraction = shown === "" ? rest : `.${shown}${rest}`;
  return `${value < 0n ? "−" : ""}${whole.toLocaleString("en-US")}${fraction}`;
}
