/**
 * exp, log, sin and cos in float64 from + - * / alone, hence with the same bits in every JavaScript engine (rule A4;
 * the language leaves the accuracy of Math.exp and friends open). For tables, schedules and random numbers, not for kernels.
 */

const LN2_HIGH = 0.6931471803691238; // its low 21 bits are zero: n * LN2_HIGH is exact for |n| < 2^20
const LN2_LOW = 1.9082149292705877e-10;
const HALF_PI_HIGH = 1.5707963267341256; // its low 20 bits are zero
const HALF_PI_LOW = 6.077100506506192e-11;

/** 2^n for integer n by repeated multiplication, exact while the result is a normal number. */
function powerOfTwo(n: number): number {
  let result = 1;
  const factor = n < 0 ? 0.5 : 2;
  for (let i = Math.abs(n); i > 0; i--) result *= factor;
  return result;
}

/** Sum of r^k / k! for k = 0, 1, 2, ...; Horner from the highest degree. */
function taylorExp(r: number): number {
  let sum = 1;
  for (let k = 14; k > 0; k--) sum = 1 + (sum * r) / k;
  return sum;
}

/** e^x for |x| < 700. */
export function exp(x: number): number {
  const n = Math.round(x / (LN2_HIGH + LN2_LOW));
  return taylorExp(x - n * LN2_HIGH - n * LN2_LOW) * powerOfTwo(n);
}

/** Natural logarithm of a positive normal number, by 2 artanh((m - 1) / (m + 1)). */
export function log(x: number): number {
  let m = x;
  let n = 0;
  for (; m > Math.SQRT2; n++) m *= 0.5;
  for (; m < Math.SQRT1_2; n--) m *= 2;
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let series = 0;
  for (let k = 23; k > 0; k -= 2) series = series * z + 1 / k;
  return 2 * s * series + n * LN2_LOW + n * LN2_HIGH;
}

/** cos and sin of |x| < 10^6 radians: turned by quarter circles to |r| <= pi / 4, then Taylor. */
export function cosSin(x: number): { readonly cos: number; readonly sin: number } {
  const quarters = Math.round(x / (HALF_PI_HIGH + HALF_PI_LOW));
  const r = x - quarters * HALF_PI_HIGH - quarters * HALF_PI_LOW;
  const z = r * r;
  let c = 1;
  let s = 1;
  for (let k = 18; k > 0; k -= 2) {
    c = 1 - (c * z) / (k * (k - 1));
    s = 1 - (s * z) / (k * (k + 1));
  }
  s *= r;
  switch (((quarters % 4) + 4) % 4) {
    case 0:
      return { cos: c, sin: s };
    case 1:
      return { cos: -s, sin: c };
    case 2:
      return { cos: -c, sin: -s };
    default:
      return { cos: s, sin: -c };
  }
}

/** base^n for integer n >= 0 by squaring: a fixed sequence of multiplications. */
export function integerPower(base: number, n: number): number {
  let result = 1;
  for (let factor = base, rest = n; rest > 0; rest = Math.floor(rest / 2), factor *= factor)
    if (rest % 2 === 1) result *= factor;
  return result;
}
