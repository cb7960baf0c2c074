/** Addresses inside the dashboard. */
import { expect, test } from "vitest";
import { linkTo, readRoute } from "./readRoute.ts";

test.each([
  ["", { page: "", rest: [] }],
  ["#/", { page: "", rest: [] }],
  ["#/network", { page: "network", rest: [] }],
  ["#/explorer/round/12", { page: "explorer", rest: ["round", "12"] }],
  ["#/explorer/round/", { page: "explorer", rest: ["round"] }],
  ["#/explorer/%zz", { page: "explorer", rest: ["%zz"] }],
])("%j", (hash, route) => {
  expect(readRoute(hash)).toEqual(route);
});

test("a link reads as what it was made of", () => {
  expect(readRoute(linkTo("explorer", "a/b c", 7))).toEqual({ page: "explorer", rest: ["a/b c", "7"] });
});
