/** Squared distances between all contributions as whole vectors, in double precision. */
import { type Contributions, createRows } from "../contributions.ts";

/** `result[a][b]`; symmetric, zeros on the diagonal. Summed in the order of the coordinates within each chunk, then over chunks. */
export function pairwiseDistances(contributions: Contributions): readonly Float64Array[] {
  const { count, chunks } = contributions;
  const distances = Array.from({ length: count }, () => new Float64Array(count));
  const rowsOf = createRows(contributions);
  for (let chunk = 0; chunk < chunks; chunk++) {
    const rows = rowsOf(chunk);
    contributions.read(chunk, rows);
    for (let a = 0; a < count; a++) {
      for (let b = a + 1; b < count; b++) {
        const sum = (distances[a]![b] as number) + squaredDistance(rows[a]!, rows[b]!);
        distances[a]![b] = sum;
        distances[b]![a] = sum;
      }
    }
  }
  return distances;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    sum += difference * difference;
  }
  return sum;
}
