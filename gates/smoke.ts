/** Gate: a network whose nodes only look on comes up, makes blocks, finds its peers, and trains nothing. */
import { check, checkHealth } from "./harness/checks.ts";
import { gateOf } from "./harness/gate.ts";

const LEAST_BLOCKS = 10;
const LEAST_PEERS = 2;

export const smoke = gateOf({
  name: "smoke",
  ...{ seconds: 60, nodes: 3, preset: "tiny", roles: "observer" },
  async run({ network, watch, seconds }) {
    const { nodes } = network;
    const isUp = (): boolean =>
      watch.height >= LEAST_BLOCKS && nodes.every(({ place }) => (watch.mostPeers.get(place.name) ?? 0) >= LEAST_PEERS);
    const isEnough = await watch.until(isUp, seconds);
    const peers = nodes.map(({ place }) => `${place.name} ${watch.mostPeers.get(place.name) ?? 0}`).join(", ");
    const rounds = watch.status?.training?.round ?? -1;
    return [
      check(
        `${LEAST_BLOCKS} blocks, and every node has ${LEAST_PEERS} peers`,
        isEnough,
        `block ${watch.height}; peers: ${peers}`,
      ),
      check("nothing is trained where nobody trains", rounds === 0, `round ${rounds}`),
      ...checkHealth(network, watch),
    ];
  },
});
