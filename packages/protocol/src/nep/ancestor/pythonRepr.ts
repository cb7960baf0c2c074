/**
 * How Python writes a float that was read from decimal text: the shortest digits that give the same IEEE double, the one
 * nearest to it where there are several; `1e-05` from four leading zeros on and `1e+16` from seventeen digits on.
 * Works on exact integers, so that every engine gives the same text.
 */

/** digits * 10^exponent; `digits` has no sign. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** mantissa * 2^exponent. */
interface Double {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const HIDDEN_BIT = 1n << 52n;
const LEAST_EXPONENT = -1074;
const MOST_EXPONENT = 971;
/** Any decimal with so few digits is the shortest text of its double, away from the ends of the range. */
const ALWAYS_SHORTEST_DIGITS = 15;
const MOST_DIGITS = 17;

/** `source`: a JSON number. Undefined when it is too large for a double. */
export function pythonRepr(source: string): string | undefined {
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,6}))?$/.exec(source) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  if (digits === "") return whole === "" ? undefined : `${sign}0.0`;
  const exponent = Number(power) - fraction.length;
  // 310 and 330 lie outside the range of doubles; beyond them the integers below would be large for nothing.
  if (digits.length + exponent > 310) return undefined;
  if (digits.length + exponent < -330) return `${sign}0.0`;
  const shortest = shortestDecimal({ digits: BigInt(digits), exponent });
  return shortest === undefined ? undefined : `${sign}${formatFloat(shortest)}`;
}

function shortestDecimal(value: Decimal): Decimal | undefined {
  const places = String(value.digits).replace(/0+$/, "").length;
  const point = String(value.digits).length + value.exponent;
  if (places <= ALWAYS_SHORTEST_DIGITS && point > -290 && point < 300) return value;
  const double = nearestDouble(value);
  if (double === undefined || double.mantissa === 0n) return double && { digits: 0n, exponent: 0 };
  for (let count = 1; count < MOST_DIGITS; count++) {
    const found = candidates(double, count).find((candidate) => isSameDouble(nearestDouble(candidate), double));
    if (found !== undefined) return found;
  }
  return candidates(double, MOST_DIGITS)[0];
}

/** The two decimals of `count` digits around a double, the nearer one first. */
function candidates({ mantissa, exponent }: Double, count: number): readonly Decimal[] {
  const numerator = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa;
  const denominator = exponent >= 0 ? 1n : 1n << BigInt(-exponent);
  // Within one of the decimal exponent; a digit more than asked for is caught by the check of the length.
  let scale = decimalPoint(numerator, denominator) - count;
  let below = scaled(numerator, denominator, scale);
  while (String(below.quotient).length > count) below = scaled(numerator, denominator, ++scale);
  while (String(below.quotient).length < count) below = scaled(numerator, denominator, --scale);
  const low = { digits: below.quotient, exponent: scale };
  const high = { digits: below.quotient + 1n, exponent: scale };
  return below.isUpperHalf ? [high, low] : [low, high];
}

function decimalPoint(numerator: bigint, denominator: bigint): number {
  return String(numerator).length - String(denominator).length;
}

/** numerator / denominator / 10^scale, rounded down, and on which side of the middle the rest lies. */
function scaled(numerator: bigint, denominator: bigint, scale: number) {
  const top = scale < 0 ? numerator * powerOfTen(-scale) : numerator;
  const bottom = scale > 0 ? denominator * powerOfTen(scale) : denominator;
  const quotient = top / bottom;
  const twiceRest = 2n * (top - quotient * bottom);
  return { quotient, isUpperHalf: twiceRest > bottom || (twiceRest === bottom && quotient % 2n === 1n) };
}

/** Rounds to nearest, ties to even. Undefined above the largest double. */
function nearestDouble({ digits, exponent }: Decimal): Double | undefined {
  const numerator = exponent >= 0 ? digits * powerOfTen(exponent) : digits;
  const denominator = exponent >= 0 ? 1n : powerOfTen(-exponent);
  let binary = Math.max(bitLength(numerator) - bitLength(denominator) - 53, LEAST_EXPONENT);
  let mantissa = divideRounding(numerator, denominator, binary);
  if (mantissa >= 2n * HIDDEN_BIT) mantissa = divideRounding(numerator, denominator, ++binary);
  if (mantissa === 2n * HIDDEN_BIT) return double(HIDDEN_BIT, binary + 1);
  return double(mantissa, binary);
}

function double(mantissa: bigint, exponent: number): Double | undefined {
  return exponent > MOST_EXPONENT ? undefined : { mantissa, exponent };
}

function divideRounding(numerator: bigint, denominator: bigint, binary: number): bigint {
  const top = binary < 0 ? numerator << BigInt(-binary) : numerator;
  const bottom = binary > 0 ? denominator << BigInt(binary) : denominator;
  const quotient = top / bottom;
  const twiceRest = 2n * (top - quotient * bottom);
  return twiceRest > bottom || (twiceRest === bottom && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function isSameDouble(a: Double | undefined, b: Double): boolean {
  return a !== undefined && a.mantissa === b.mantissa && a.exponent === b.exponent;
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

function powerOfTen(exponent: number): bigint {
  return BigInt(`1${"0".repeat(exponent)}`);
}

function formatFloat({ digits, exponent }: Decimal): string {
  if (digits === 0n) return "0.0";
  const text = String(digits);
  const point = text.length + exponent;
  const shown = text.replace(/0+$/, "");
  if (point > 16 || point < -3) {
    const power = point - 1;
    const mantissa = shown.length === 1 ? shown : `${shown[0]}.${shown.slice(1)}`;
    return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  if (point <= 0) return `0.${"0".repeat(-point)}${shown}`;
  return `${shown.slice(0, point).padEnd(point, "0")}.${shown.slice(point) || "0"}`;
}
