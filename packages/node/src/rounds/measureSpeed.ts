/** How fast this machine trains the network's model, before it has taken part in any round: a few steps from the first model. */
import type { Digest, TrainingGenesis } from "@neuroshard/protocol";
import type { RoundWorker } from "@neuroshard/training";

/** The first of them also warms the engine up. */
const STEPS = 4;
const MS_PER_1000_S = 1_000_000;

/** Inner steps in 1000 seconds. */
export async function measureSpeed(worker: RoundWorker, { model }: TrainingGenesis): Promise<number> {
  await worker.initialModel();
  const { innerMs } = await worker.train(
    {
      roundSeed: "0".repeat(64) as Digest,
      slot: 0,
      baseModel: model,
      startOptimizer: null,
      startResidual: null,
      stepsBefore: 0,
      steps: STEPS,
      rules: {
        segmentSteps: STEPS,
        compression: "int8",
        aggregator: "mean",
        trimFraction: 0,
        outerLearningRate: 1,
        outerMomentum: 0,
      },
    },
    { signal: new AbortController().signal },
  );
  return Math.max(1, Math.round((STEPS * MS_PER_1000_S) / Math.max(1, innerMs)));
}
