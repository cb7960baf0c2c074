/** What `up` shows fits the terminal that shows it. */
import { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { drawNetwork } from "./drawNetwork.ts";
import type { NetworkStatus, NodeStatus } from "./networkStatus.ts";

const NEURO = 10n ** 18n;
const stream = new Writable() as unknown as NodeJS.WriteStream;

const node = (number: number, more: Partial<NodeStatus> = {}): NodeStatus => ({
  ...{ name: `node ${number}`, processId: number, address: undefined, account: "", phase: "committed" },
  ...{ stepsDone: 25, steps: 50, tokensPerSecond: 12_345, peers: 3 },
  ...{ balance: (1_234n * NEURO) / 7n, held: (45n * NEURO) / 7n },
  ...more,
});

const status: NetworkStatus = {
  ...{ name: "local network", url: "", height: 1_234, round: 17, phase: "aggregate", modelRound: 16 },
  ...{ modelDigest: "0123456789abcdef".repeat(4), validationLoss: 2.34567 },
  losses: [1, 2, 3].map((step) => ({ step, loss: 5 - step })),
  nodes: [node(1), node(2, { phase: "train" }), node(3, { processId: undefined, steps: 0, tokensPerSecond: 0 })],
};

const draw = (width: number, shown = status): readonly string[] =>
  drawNetwork(shown, { width, stream }).map(stripVTControlCharacters);
/** Its heading first. */
const tableOf = (lines: readonly string[]): readonly string[] => lines.slice(lines.indexOf("") + 1);

test("on a terminal of 80 columns everything is there: the heading, the bars and every amount", () => {
  const lines = draw(79);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(79);
  expect(lines.slice(0, 2)).toEqual([
    "local network  block 1,234  round 17 aggregate  model 0123456789ab of round 16",
    "validation loss 2.3457",
  ]);
  expect(tableOf(lines)).toEqual([
    "node    does                       steps  tokens/s  peers    NEURO   held",
    "node 1  committed  [#####-----]    25/50    12,345      3  176.28…  6.42…",
    "node 2  train      [#####-----]    25/50    12,345      3  176.28…  6.42…",
    "node 3  down                                            3  176.28…  6.42…",
  ]);
});

test("with more room, amounts have more digits and bars are longer", () => {
  const [, first] = tableOf(draw(120));
  expect(first).toBe("node 1  committed  [#######-------]    25/50    12,345      3  176.285714…  6.428571…");
});

test("with less room, what a node has earned outlasts how fast it is", () => {
  expect(tableOf(draw(60))).toEqual([
    "node    does         steps  tokens/s  peers    NEURO   held",
    "node 1  committed    25/50    12,345      3  176.28…  6.42…",
    "node 2  train        25/50    12,345      3  176.28…  6.42…",
    "node 3  down                              3  176.28…  6.42…",
  ]);
  expect(tableOf(draw(34))[1]).toBe("node 1  committed  176.28…  6.42…");
});

test.each([30, 40, 50, 60, 70, 79, 99, 119, 200])(
  "no line is longer than %d characters, whatever the nodes do",
  (width) => {
    const rich = { balance: 123_456n * NEURO + 1n, phase: "attest" };
    const shown = { ...status, modelDigest: undefined, nodes: [node(1, rich), node(16, { steps: 0 })] };
    for (const line of draw(width, shown)) expect(line.length).toBeLessThanOrEqual(width);
  },
);

test("the layout stays when a node is between two slots", () => {
  const idle = { steps: 0, stepsDone: 0, phase: "idle" };
  const pause = { ...status, nodes: [node(1, idle), node(2, idle)] };
  expect(tableOf(draw(79, pause))[0]).toBe(tableOf(draw(79))[0]);
});
