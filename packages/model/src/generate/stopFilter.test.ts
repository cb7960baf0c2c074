import { philox4x32 } from "@neuroshard/tensor";
import { describe, expect, test } from "vitest";
import { StopFilter } from "./stopFilter.ts";

/** What is shown after each piece, and at the end. */
function shown(stops: readonly string[], pieces: readonly string[]): string[] {
  const filter = new StopFilter(stops);
  return [...pieces.map((piece) => filter.push(piece)), filter.end()];
}

describe("text is shown", () => {
  test("as it comes where nothing can become a stop string", () => {
    expect(shown(["###"], ["Once", " upon", ""])).toEqual(["Once", " upon", "", ""]);
    expect(shown([], ["a", "b"])).toEqual(["a", "b", ""]);
  });

  test("only when it can no longer become a stop string", () => {
    expect(shown(["\nUser:"], ["Hi\n", "Us", "ual", "\n"])).toEqual(["Hi", "", "\nUsual", "", "\n"]);
  });

  test("up to the first stop string, and nothing after it", () => {
    const filter = new StopFilter(["END", "STOP"]);
    expect(filter.push("one ST")).toBe("one ");
    expect(filter.stopped).toBe(false);
    expect(filter.push("OP two END")).toBe("");
    expect(filter.stopped).toBe(true);
    expect([filter.push("three"), filter.end()]).toEqual(["", ""]);
  });

  test("up to the earlier of two stop strings in one piece", () => {
    expect(shown(["END", "STOP"], ["a STOP b END"])).toEqual(["a ", ""]);
  });

  test("also where a stop string begins inside of what only looked like one", () => {
    expect(shown(["aab"], ["aa", "ab", "c"])).toEqual(["", "a", "", ""]);
  });

  test("whole when the only stop string is empty, which would stop everything", () => {
    expect(shown([""], ["abc"])).toEqual(["abc", ""]);
  });
});

test("however text is cut into pieces, it is shown up to the first stop string", () => {
  // Neither stop string holds the other.
  const stops = ["aba", "bbb"];
  for (let seed = 0; seed < 300; seed++) {
    const letters = Array.from({ length: 24 }, (_, i) => "abc"[philox4x32(seed, 0, i, 0, 0, 0)[0] % 3]!);
    const pieces: string[] = [];
    for (let from = 0; from < letters.length; ) {
      const length = philox4x32(seed, 1, pieces.length, 0, 0, 0)[0] % 5;
      pieces.push(letters.slice(from, from + length).join(""));
      from += length;
    }
    const text = letters.join("");
    const ends = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    expect(shown(stops, pieces).join(""), `${seed}: ${pieces.join("|")}`).toBe(text.slice(0, Math.min(24, ...ends)));
  }
});
