/** How often nodes announce themselves and to how many others they pass things on. Figures of the ancestor. */
import { paramModule } from "../entry.ts";

export const networkGossip = paramModule(
  "network.gossip",
  { types: ["net"], cooldownDays: 1 },
  {
    PROOF_INTERVAL: setting(60, "seconds", "Time between two claims of a node."),
    STAKE_INTERVAL: setting(300, "seconds", "Time between two announcements of stake."),
    ANNOUNCE_INTERVAL: setting(60, "seconds", "Time between two announcements of an address."),
    PROOF_FANOUT_BASE: setting(3, "peers", "Claims go to the square root of the known peers plus this many."),
    MAX_PROOF_FANOUT: setting(30, "peers", "Most peers that a claim is passed to."),
    TRANSACTION_FANOUT_FACTOR: setting(2, "factor", "Transactions go to this many times the square root of the peers."),
    MAX_TRANSACTION_FANOUT: setting(50, "peers", "Most peers that a transaction is passed to."),
    MAX_RECORDS_PER_KEY: setting(50, "records", "Latest records that a key of the distributed hash table keeps."),
    BOOTSTRAP_RECORDS: setting(100, "records", "Records that a new node asks for."),
    REPLICATION: setting(3, "peers", "Peers that keep a record of the distributed hash table."),
  },
);

function setting(count: number, unit: string, doc: string) {
  return { type: "integer", unit, default: count, range: [1, 100_000], maxStep: "1", doc } as const;
}
