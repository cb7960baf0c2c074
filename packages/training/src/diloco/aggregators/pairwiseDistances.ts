/** Squared distances between all contributions as whole vectors, in double precision. */
import type { Contributions, Tile } from "../contributions.ts";

/** `result[a][b]`; symmetric, zeros on the diagonal. Summed in the order of the coordinates within each chunk, then over chunks. */
export function pairwiseDistances(contributions: Contributions): readonly Float64Array[] {
  const { count } = contributions;
  const distances = Array.from({ length: count }, () => new Float64Array(count));
  contributions.forEachTile((tile) => {
    for (let a = 0; a < count; a++) {
      for (let b = a + 1; b < count; b++) {
        const sum = (distances[a]![b] as number) + squaredDistance(tile, a, b);
        distances[a]![b] = sum;
        distances[b]![a] = sum;
      }
    }
  });
  return distances;
}

function squaredDistance({ values, stride, columns }: Tile, a: number, b: number): number {
  let sum = 0;
  const shift = (b - a) * stride;
  for (let at = a * stride; at < a * stride + columns; at++) {
    const difference = (values[at] as number) - (values[at + shift] as number);
    sum += difference * difference;
  }
  return sum;
}
