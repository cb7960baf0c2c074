/** What people are told of a model, by how well it is trained. */
import type { State } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { modelView } from "./modelView.ts";

const known = { chats: true, trainedTokens: 0 };

function stateWith(steps: number, validationLoss: number | null, vocabularySize = 1024): State {
  const recipe = { preset: "nano", parameters: 1, context: 256, vocabularySize };
  const training = { modelRound: 1, model: { weights: "00", momentum: "00" }, steps, validationLoss };
  return { cells: { training, recipe } } as unknown as State;
}

test.each([
  [null, "untrained"],
  [Math.log(1024), "untrained"],
  [4.78, "babbling"],
  [2, "words"],
  [1, "sentences"],
] as const)("with a validation loss of %d nats it is %s", (loss, maturity) => {
  const millionths = loss === null ? null : Math.round(loss * 1e6);
  expect(modelView(stateWith(100, millionths), known)!.maturity).toBe(maturity);
});

test("a model with fewer tokens needs a lower loss for the same stage", () => {
  expect(modelView(stateWith(100, 1_200_000, 1024), known)!.maturity).toBe("sentences");
  expect(modelView(stateWith(100, 1_200_000, 65), known)!.maturity).toBe("words");
});

test("the sentence says what was done and what was measured, and promises nothing before", () => {
  expect(modelView(stateWith(0, null), known)!.sentence).toBe("Not trained yet: what it writes is noise.");
  expect(modelView(stateWith(1320, 3_104_000), known)!.sentence).toBe(
    "Trained for 1,320 steps (validation loss 3.10 nats): words come, sense does not yet.",
  );
  expect(modelView(stateWith(1, null), known)!.sentence).toContain("1 step (not measured yet)");
});

test("a network that trains nothing has no model", () => {
  expect(modelView({ cells: { recipe: null, training: {} } } as unknown as State, known)).toBeUndefined();
});
