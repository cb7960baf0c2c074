/** The larger and the smaller of two exact numbers: `Math.max` and `Math.min` know no `bigint`. */
export function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}
