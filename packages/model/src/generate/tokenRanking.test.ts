import { randomWords } from "@neuroshard/tensor";
import { describe, expect, test } from "vitest";
import { TokenRanking } from "./tokenRanking.ts";

/** `distinct` different logits. */
function drawLogits(count: number, seed: number, distinct: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    const [word] = randomWords({ seed, purpose: "sampling" }, 0, i);
    return (word % distinct) / 7 - 3;
  });
}

describe("a ranking", () => {
  test.each([
    [1, 1],
    [3, 2],
    [64, 1000],
    [65, 5],
    [1500, 1_000_000],
    [1500, 40],
    [1500, 1],
  ])("of %d tokens with %d different logits is that of a stable sort", (count, distinct) => {
    const logits = drawLogits(count, count, distinct);
    const ranking = new TokenRanking(logits);
    const sorted = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]!);
    expect(Array.from({ length: count }, () => ranking.next())).toEqual(sorted);
    expect(() => ranking.next()).toThrow("internal: more tokens asked for");
  });

  test("of ascending logits turns them round", () => {
    const ranking = new TokenRanking(Float64Array.from({ length: 300 }, (_, i) => i));
    expect(Array.from({ length: 300 }, () => ranking.next())).toEqual(Array.from({ length: 300 }, (_, i) => 299 - i));
  });
});
