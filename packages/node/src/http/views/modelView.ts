/** The newest model of a network, and what people can expect of it. */
import type { State } from "@neuroshard/protocol";
import type { ModelView } from "@neuroshard/sdk/api";

const MILLIONTHS = 1e6;

type Maturity = ModelView["maturity"];

interface Stage {
  readonly maturity: Maturity;
  /** Part of ln(vocabulary), the loss of a guess without knowledge, that a model of the stage stays below. */
  readonly most: number;
  readonly words: string;
}

/**
 * Loss per token is compared with that of a blind guess, so that vocabularies of different sizes have one scale. Models of
 * the built-in stories: `tiny` at 0.29 wrote "Milo was very near a big big us. They more stid are found very dre"; the floor
 * of the corpus is near 0.04, see docs/stories.md.
 */
const STAGES: readonly Stage[] = [
  { maturity: "sentences", most: 0.2, words: "it writes whole sentences that mostly make sense" },
  { maturity: "words", most: 0.5, words: "words come, sense does not yet" },
  { maturity: "babbling", most: 0.95, words: "it babbles: pieces of words in a likely order" },
];
const UNTRAINED: Omit<Stage, "most"> = { maturity: "untrained", words: "what it writes is noise" };

/** Undefined where the network trains nothing. */
export function modelView(
  { cells }: State,
  known: { readonly chats: boolean; readonly trainedTokens: number },
): ModelView | undefined {
  const { training, recipe } = cells;
  if (recipe === null) return undefined;
  const { modelRound, model, steps } = training;
  const validationLoss = training.validationLoss === null ? null : training.validationLoss / MILLIONTHS;
  const { preset, parameters, context, vocabularySize } = recipe;
  const stage = stageOf(validationLoss, vocabularySize);
  return {
    ...{ digest: model.weights, round: modelRound, steps, preset, parameters, context, vocabularySize },
    ...{ validationLoss, ...known, maturity: stage.maturity },
    sentence: describe(steps, validationLoss, stage.words),
  };
}

function stageOf(loss: number | null, vocabularySize: number): Omit<Stage, "most"> {
  if (loss === null) return UNTRAINED;
  const part = loss / Math.log(vocabularySize);
  return STAGES.find(({ most }) => part < most) ?? UNTRAINED;
}

function describe(steps: number, loss: number | null, words: string): string {
  if (steps === 0) return `Not trained yet: ${words}.`;
  const count = `${steps.toLocaleString("en")} ${steps === 1 ? "step" : "steps"}`;
  const measured = loss === null ? "not measured yet" : `validation loss ${loss.toFixed(2)} nats`;
  return `Trained for ${count} (${measured}): ${words}.`;
}
