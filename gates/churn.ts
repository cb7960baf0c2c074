/** Gate: a node is killed in the middle of its work and returns later. The others go on without it; it catches up. */

import { allPaid } from "./harness/allPaid.ts";
import { check, checkTraining } from "./harness/checks.ts";
import { gateOf } from "./harness/gate.ts";
import { sameModel } from "./harness/sameModel.ts";

/** Parts of the whole time: of 360 s, it dies at 120 s and returns 90 s later. */
const DIES_AT = 1 / 3;
const AWAY = 1 / 4;

export const churn = gateOf({
  name: "churn",
  ...{ seconds: 360, nodes: 3, preset: "tiny", roles: "trainer,validator" },
  async run({ network, watch, seconds, onProgress }) {
    const victim = network.workers.at(-1)!;
    await watch.until(() => false, seconds * DIES_AT);
    // A machine that is slower than the plan gets the time that it needs.
    await watch.until(() => watch.modelRound > 0, seconds);
    const atDeath = watch.modelRound;
    onProgress(`${victim.place.name} is killed`);
    await victim.end("SIGKILL");
    await watch.until(() => false, seconds * AWAY);
    await watch.until(() => watch.modelRound > atDeath, seconds);
    const atReturn = watch.modelRound;
    onProgress(`${victim.place.name} returns`);
    await network.startWorker(victim);
    await watch.until(() => false, seconds * (1 - DIES_AT - AWAY));
    return [
      check("rounds before the death", atDeath > 0, `${atDeath}`),
      check("the others go on meanwhile", atReturn > atDeath, `round ${atDeath}, then ${atReturn}`),
      await sameModel(network, watch),
      await allPaid(watch),
      ...checkTraining(network, watch),
    ];
  },
});
