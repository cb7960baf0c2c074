/** Places in the explorer. */
import { expect, test } from "vitest";
import { readPlace } from "./readPlace.ts";

test.each([
  [[], { kind: "blocks" }],
  [["rounds"], { kind: "rounds" }],
  [["block", "12"], { kind: "block", height: 12 }],
  [["round", "3"], { kind: "round", round: 3 }],
  [["reward", "3", "0"], { kind: "reward", round: 3, slot: 0 }],
  [["account", "neuro1x"], { kind: "account", address: "neuro1x" }],
  [["transaction", "ab"], { kind: "transaction", id: "ab" }],
  [["block", "twelve"], { kind: "nothing" }],
  [["reward", "3"], { kind: "nothing" }],
  [["elsewhere"], { kind: "nothing" }],
])("%j", (path, place) => {
  expect(readPlace(path)).toEqual(place);
});
