import { expect, test } from "vitest";
import { RoundNetwork } from "../../test/rounds/roundNetwork.ts";
import { Draft } from "../state/draft.ts";
import { forgetRound } from "./forgetRound.ts";

const KEPT = 512;

test("a round of long ago leaves the state with its commits and audits, unless its pay is due", () => {
  const network = new RoundNetwork({ names: ["ada", "bea"] });
  network.stepUntil(() => network.chain.state.cells.training.modelRound === 1);
  const draft = new Draft(network.chain.state);
  expect(draft.cell("training").open).toEqual([1]);
  forgetRound(draft, 1 + KEPT);
  expect(draft.get("rounds", "1")).toBeDefined();
  draft.setCell("training", { ...draft.cell("training"), open: [] });
  forgetRound(draft, KEPT);
  expect(draft.get("rounds", "1")).toBeDefined();
  expect(draft.get("commits", "1/1")).toBeDefined();
  forgetRound(draft, 1 + KEPT);
  expect(draft.get("rounds", "1")).toBe(undefined);
  for (const slot of ["1/0", "1/1"]) {
    expect(draft.get("commits", slot)).toBe(undefined);
    expect(draft.get("audits", slot)).toBe(undefined);
  }
  expect(draft.get("rounds", "2")).toBeDefined();
});
