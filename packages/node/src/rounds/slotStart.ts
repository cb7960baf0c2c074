/** From records of the chain to jobs of a worker. */
import { type Params, paramsAt, type RoundRecord, type State, type TrainingGenesis } from "@neuroshard/protocol";
import type { RoundRules, SlotStart } from "@neuroshard/training";

/** Base units of a decimal, see the registry. Division of two floats is exact to the last bit, so the same everywhere. */
const ONE_AS_FLOAT = 1e18;

/** By the parameters in force when the round opened. */
export function rulesOf(state: State, { openedAt }: RoundRecord): RoundRules {
  const params = paramsAt(state, openedAt);
  return {
    segmentSteps: params.get("training.diloco.SEGMENT_STEPS"),
    compression: wordOf(params, "training.diloco.COMPRESSION") as RoundRules["compression"],
    aggregator: wordOf(params, "training.diloco.AGGREGATOR") as RoundRules["aggregator"],
    trimFraction: Number(params.get("training.diloco.TRIM_FRACTION")) / ONE_AS_FLOAT,
    outerLearningRate: Number(params.get("training.diloco.OUTER_LEARNING_RATE")) / ONE_AS_FLOAT,
    outerMomentum: Number(params.get("training.diloco.OUTER_MOMENTUM")) / ONE_AS_FLOAT,
  };
}

/** The registry admits only words that the rules know. */
function wordOf(params: Params, key: "training.diloco.COMPRESSION" | "training.diloco.AGGREGATOR"): string {
  return params.get(key);
}

export function slotStartOf(
  state: State,
  round: RoundRecord,
  slot: number,
  from: Pick<SlotStart, "startOptimizer" | "startResidual">,
): SlotStart {
  const { steps } = round.slots[slot]!;
  return {
    ...{ roundSeed: round.seed, slot, baseModel: round.baseModel, stepsBefore: round.stepsBefore, steps },
    ...{ startOptimizer: from.startOptimizer, startResidual: from.startResidual, rules: rulesOf(state, round) },
  };
}

/** Bytes of the blobs that a model of the network has. */
export interface BlobSizes {
  /** Weights, momentum and residual are float32 each. */
  readonly values: number;
  readonly optimizer: number;
}

const STEP_BYTES = 8;

export function blobSizesOf({ parameters }: TrainingGenesis): BlobSizes {
  return { values: 4 * parameters, optimizer: 8 * parameters + STEP_BYTES };
}

export function recipeOf(state: State): TrainingGenesis {
  const { recipe } = state.cells;
  if (recipe === null) throw new Error("internal: a round in a network that trains nothing");
  return recipe;
}
