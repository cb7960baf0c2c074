/** Trains one step and claims all: its states do not follow from one another. */
import type { FalseNode } from "./falseNode.ts";

export const lie: FalseNode = () => ({
  corrupt: (worker) => ({
    ...worker,
    async train(start, { signal }) {
      const trained = await worker.train({ ...start, steps: 1 }, { signal });
      const [state] = trained.states;
      if (state === undefined) throw new Error("internal: a trained slot without a segment");
      const segments = Math.ceil(start.steps / start.rules.segmentSteps);
      return {
        ...trained,
        states: Array.from({ length: segments }, () => state),
        samples: trained.samples * start.steps,
      };
    },
  }),
});
