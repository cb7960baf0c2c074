/** Gate: all nodes stop and start again. Nothing that was agreed on is lost, and training goes on where it was. */

import { allPaid } from "./harness/allPaid.ts";
import { check, checkTraining } from "./harness/checks.ts";
import { gateOf } from "./harness/gate.ts";
import { sameModel } from "./harness/sameModel.ts";

const LEAST_ROUNDS = 2;

export const restart = gateOf({
  name: "restart",
  ...{ seconds: 360, nodes: 3, preset: "tiny", roles: "trainer,validator" },
  async run({ network, watch, seconds, onProgress }) {
    await watch.until(() => false, seconds / 2);
    const before = { height: watch.height, round: watch.modelRound };
    const weights = watch.rounds.get(before.round)?.record.model?.weights;
    onProgress("all nodes stop");
    await network.stop();
    await network.start();
    await watch.look();
    const after = { height: watch.height, round: watch.modelRound };
    onProgress(`all nodes are back, at block ${after.height}`);
    const goesOn = await watch.until(() => watch.modelRound >= before.round + LEAST_ROUNDS, seconds / 2);
    const kept = network.maker.modelOf(before.round)?.weights ?? watch.rounds.get(before.round)?.weights.get("maker");
    const heights = `block ${before.height}, then ${after.height}`;
    const isKept = weights !== undefined && kept === weights && after.round >= before.round;
    return [
      check("no block is lost", after.height >= before.height, heights),
      check(
        "the model is the same",
        isKept,
        `round ${before.round}: ${weights?.slice(0, 16)}, then ${kept?.slice(0, 16)}`,
      ),
      check("training goes on", goesOn, `round ${before.round}, then ${watch.modelRound}`),
      await sameModel(network, watch),
      await allPaid(watch),
      ...checkTraining(network, watch),
    ];
  },
});
