/** Gate: all nodes stop and start again. Nothing that was agreed on is lost, and training goes on where it was. */
import { type Client, getRound } from "@neuroshard/sdk";
import { allPaid } from "./harness/allPaid.ts";
import { type Check, check, checkTraining } from "./harness/checks.ts";
import { gateOf } from "./harness/gate.ts";
import type { ProcessNetwork } from "./harness/processNetwork.ts";
import { sameModel } from "./harness/sameModel.ts";

const LEAST_ROUNDS = 2;

export const restart = gateOf({
  name: "restart",
  ...{ seconds: 360, nodes: 3, preset: "tiny", roles: "trainer,validator" },
  async run({ network, watch, seconds, onProgress }) {
    await watch.until(() => false, seconds / 2);
    // A machine that is slower than the plan gets the time that it needs.
    await watch.until(() => watch.modelRound > 0, seconds);
    const before = { height: watch.height, round: watch.modelRound };
    const weights = watch.rounds.get(before.round)?.record.model?.weights;
    onProgress("all nodes stop");
    await network.stop();
    const stopped = checkStop(network);
    onProgress("all nodes have ended");
    await network.start();
    await watch.look();
    const kept = await Promise.all(network.nodes.map(({ client }) => weightsOf(client, before.round)));
    const { height } = watch;
    onProgress(`all nodes are back, at block ${height}`);
    const goesOn = await watch.until(() => watch.modelRound >= before.round + LEAST_ROUNDS, seconds / 2);
    const isKept = weights !== undefined && kept.every((each) => each === weights);
    const shown = [weights, ...kept].map((each) => each?.slice(0, 16) ?? "none").join(", ");
    return [
      stopped,
      check("no block is lost", height >= before.height, `block ${before.height}, then ${height}`),
      check("every node has the same model as before", isKept, `round ${before.round}: ${shown}`),
      check("training goes on", goesOn, `round ${before.round}, then ${watch.modelRound}`),
      await sameModel(network, watch),
      await allPaid(watch),
      ...checkTraining(network, watch),
    ];
  },
});

function checkStop({ nodes }: ProcessNetwork): Check {
  const refused = nodes.filter((node) => node.refusals > 0).map(({ place }) => place.name);
  return check("nodes end in good order when they are asked to", refused.length === 0, `did not: [${refused}]`);
}

/** As a node answers that has just come back. */
async function weightsOf(client: Client | undefined, round: number): Promise<string | undefined> {
  if (client === undefined || round === 0) return undefined;
  return (await getRound(client, round)).round.model?.weights;
}
