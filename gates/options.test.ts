import { expect, test } from "vitest";
import { BadOption, gateNames, parseOptions } from "./options.ts";

test("all gates run unless some are named, in the order of the ladder", () => {
  expect(parseOptions([]).only).toEqual(gateNames);
  expect(parseOptions(["--only", "restart,smoke"]).only).toEqual(["smoke", "restart"]);
});

test("times and sizes stay the gate's own unless they are given", () => {
  expect(parseOptions([])).toMatchObject({ seconds: undefined, nodes: undefined, preset: undefined, data: "stories" });
  expect(parseOptions(["--seconds", "60", "--nodes", "4"])).toMatchObject({ seconds: 60, nodes: 4 });
});

test.each([
  [["--only", "tiny,soak"], "there is no gate soak"],
  [["--seconds", "0"], "--seconds must be a whole number from 1 on, not 0"],
  [["--nodes", "two"], "--nodes must be a whole number from 1 on, not two"],
  [["--speed", "9"], "Unknown option '--speed'"],
])("%j is refused", (args, message) => {
  expect(() => parseOptions(args)).toThrow(BadOption);
  expect(() => parseOptions(args)).toThrow(message);
});
