/** Gate: two nodes train the smallest model for some rounds, and it learns. */

import { allPaid } from "./harness/allPaid.ts";
import { check, checkTraining } from "./harness/checks.ts";
import { gateOf } from "./harness/gate.ts";
import { sameModel } from "./harness/sameModel.ts";

const LEAST_STEPS = 50;
const LEAST_ROUNDS = 2;

export const tiny = gateOf({
  name: "tiny",
  ...{ seconds: 180, nodes: 2, preset: "tiny", roles: "trainer,validator" },
  async run({ network, watch, seconds }) {
    const steps = (): number => watch.status?.training?.steps ?? 0;
    const isEnough = (): boolean => steps() >= LEAST_STEPS && watch.modelRound >= LEAST_ROUNDS;
    const isReached = await watch.until(isEnough, seconds);
    const reached = `${steps()} steps in ${watch.modelRound} rounds`;
    return [
      check(`${LEAST_STEPS} inner steps and ${LEAST_ROUNDS} rounds`, isReached, reached),
      await sameModel(network, watch),
      await allPaid(watch),
      ...checkTraining(network, watch),
    ];
  },
});
