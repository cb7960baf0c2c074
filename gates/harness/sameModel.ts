/** Waits until all nodes hold the model of the same round, while training goes on. */
import { type Check, check } from "./checks.ts";
import type { ProcessNetwork } from "./processNetwork.ts";
import type { Watch } from "./watch.ts";

const MOST_SECONDS = 90;

/** A round that all of them finished after now; for a node that was away, the proof that it is back. */
export async function sameModel({ nodes }: ProcessNetwork, watch: Watch): Promise<Check> {
  const from = watch.modelRound;
  const starts = new Map(nodes.map((node) => [node, node.starts]));
  function common(): number | undefined {
    const rounds = nodes[0]!.models.map(({ round }) => round).filter((round) => round >= from);
    return rounds.find((round) => {
      const told = nodes.map((node) => node.models.find((m) => m.round === round && m.start === starts.get(node)));
      return told.every((model) => model !== undefined && model.weights === told[0]?.weights);
    });
  }
  const isReached = await watch.until(() => common() !== undefined, MOST_SECONDS);
  const rounds = nodes.map(({ place, models }) => `${place.name} ${models.at(-1)?.round ?? "none"}`);
  const detail = isReached ? `round ${common()}` : `newest model of each: ${rounds.join(", ")}`;
  return check("all nodes hold the same model", isReached, detail);
}
