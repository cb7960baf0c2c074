/** Alerts stand as long as what they are about. */
import { expect, test } from "vitest";
import { AlertBoard } from "./alertBoard.ts";
import { type Standing, updateStandingAlerts } from "./standingAlerts.ts";

const WELL: Standing = {
  ...{ problem: undefined, peers: 3, makesBlocks: false, uptimeSeconds: 1000 },
  ...{ isStorageFull: false, isLogBroken: false, demand: undefined },
};

test("the gravest comes first, and each says since when it stands", () => {
  let now = 5;
  const board = new AlertBoard(() => now);
  board.raise({ topic: "a", severity: "warning", message: "first" });
  now = 9;
  board.raise({ topic: "b", severity: "error", message: "second" });
  board.raise({ topic: "a", severity: "warning", message: "in other words" });
  expect(board.view()).toEqual([
    { severity: "error", message: "second", sinceMs: 9 },
    { severity: "warning", message: "in other words", sinceMs: 5 },
  ]);
  board.clear("b");
  expect(board.view()).toHaveLength(1);
});

test("what is over is gone when somebody looks, and begins anew when it comes again", () => {
  let now = 1;
  let isOver = false;
  const board = new AlertBoard(() => now);
  const alert = { topic: "a", severity: "warning", message: "trouble", isOver: () => isOver } as const;
  board.raise(alert);
  isOver = true;
  expect(board.view()).toEqual([]);
  now = 2;
  isOver = false;
  board.raise(alert);
  expect(board.view()).toMatchObject([{ sinceMs: 2 }]);
});

test("a node that is well has no alerts", () => {
  const board = new AlertBoard(() => 0);
  updateStandingAlerts(board, WELL);
  expect(board.view()).toEqual([]);
});

test.each([
  [{ problem: "no block has come for 90 s" }, "error"],
  [{ isStorageFull: true }, "error"],
  [{ peers: 0 }, "warning"],
  [{ demand: "the network runs protocol 9" }, "warning"],
  [{ isLogBroken: true }, "warning"],
] as const)("%o is told, and is gone when it is over", (change, severity) => {
  const board = new AlertBoard(() => 0);
  updateStandingAlerts(board, { ...WELL, ...change });
  expect(board.view()).toMatchObject([{ severity }]);
  updateStandingAlerts(board, WELL);
  expect(board.view()).toEqual([]);
});

test.each([{ makesBlocks: true }, { uptimeSeconds: 10 }, { peers: undefined }])(
  "no peers are no trouble with %o",
  (change) => {
    const board = new AlertBoard(() => 0);
    updateStandingAlerts(board, { ...WELL, peers: 0, ...change });
    expect(board.view()).toEqual([]);
  },
);
