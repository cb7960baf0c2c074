/** The parts of the model's architecture that a vote can switch. */
import { paramModule } from "../entry.ts";

export const modelLlm = paramModule(
  "model.llm",
  { types: ["arch"], cooldownDays: 14 },
  {
    MTP_ENABLED: {
      type: "flag",
      unit: "flag",
      default: false,
      types: ["arch", "train"],
      doc: "Whether the model also learns to predict tokens beyond the next one.",
    },
    MTP_DEPTH: {
      type: "integer",
      unit: "tokens",
      default: 0,
      range: [0, 8],
      types: ["arch", "train"],
      doc: "How many tokens beyond the next one are predicted.",
    },
    MTP_LOSS_WEIGHT: {
      type: "schedule",
      unit: "factor",
      default: "0",
      range: ["0", "1"],
      types: ["arch", "train"],
      doc: "Weight of those predictions in the loss, over the course of training.",
    },
    ATTENTION_TYPE: {
      type: "word",
      unit: "word",
      words: ["standard", "mla"],
      default: "standard",
      doc: "Attention with full keys and values, or with a shared low-rank latent (MLA).",
    },
    KV_LORA_RANK: {
      type: "integer",
      unit: "dimensions",
      default: 0,
      range: [0, 65_536],
      doc: "Dimensions of the latent of MLA; 0 without it.",
    },
  },
);
