/** What can be looked up. */
import { expect, test } from "vitest";
import { readSearch } from "./readSearch.ts";

const ADDRESS = "neuro1cr26rqcnnrh2jlus4nr2nqvgwwwhzul7pqv3mw";
const DIGEST = "ab".repeat(32);

test.each([
  ["1234", "#/explorer/block/1234"],
  ["1,234", "#/explorer/block/1234"],
  ["block 7", "#/explorer/block/7"],
  ["#7", "#/explorer/block/7"],
  ["round 12", "#/explorer/round/12"],
  [` ${ADDRESS} `, `#/explorer/account/${ADDRESS}`],
  [DIGEST.toUpperCase(), `#/explorer/transaction/${DIGEST}`],
])("%j leads to %s", (text, place) => {
  expect(readSearch(text)).toBe(place);
});

test.each(["", "hello", "neuro1short", "12ab", "9".repeat(30), ","])("%j leads to nothing", (text) => {
  expect(readSearch(text)).toBeUndefined();
});
