/** The clock of the network, and the features that its nodes must have. */
import { paramModule } from "../entry.ts";

/** Fixed at genesis: all durations hang on them. */
export const protocolTime = paramModule(
  "protocol.time",
  { types: [], cooldownDays: 0 },
  {
    DAY_BLOCKS: {
      type: "integer",
      unit: "blocks",
      default: { main: 17_280, devnet: 12, minimal: 4 },
      range: [1, 1_000_000],
      doc: "Blocks that count as one day.",
    },
    BLOCK_SECONDS: {
      type: "integer",
      unit: "seconds",
      default: { main: 5, devnet: 1, minimal: 1 },
      range: [1, 3600],
      doc: "Time from one block to the next that the network aims at.",
    },
  },
);

const feature = (isOn: boolean, doc: string) => ({ type: "flag", unit: "flag", default: isOn, doc }) as const;

/** A proposal that needs new software switches its feature on; a new feature is a new line here. */
export const protocolFeatures = paramModule(
  "protocol.features",
  { types: ["arch", "econ", "train", "net", "gov"], cooldownDays: 0 },
  {
    feature_diloco: feature(true, "Training in rounds of many inner steps and one outer step."),
    feature_dynamic_layers: feature(true, "Layers assigned by the memory of devices."),
    feature_ponw: feature(true, "Pay for verified neural work."),
    feature_gossip_proofs: feature(true, "Commitments of work spread by gossip."),
    feature_ecdsa_signatures: feature(true, "Signatures over secp256k1."),
    feature_inference_market: feature(true, "Inference at a price that follows demand."),
    feature_robust_aggregation: feature(true, "Aggregation that bounds what one contribution can do."),
    feature_mtp: feature(false, "Multi-token prediction."),
    feature_mla: feature(false, "Multi-head latent attention."),
    feature_aux_free_moe: feature(false, "Experts balanced without an auxiliary loss."),
    feature_fp8_training: feature(false, "Training with 8-bit floating point operands."),
    feature_dualpipe: feature(false, "Pipelines that run in both directions at once."),
  },
);
