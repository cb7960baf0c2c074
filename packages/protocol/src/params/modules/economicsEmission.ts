/** What can be minted at all, and how pay is held until it is safe: switches, caps, the reward bond, the treasury. */
import { paramModule } from "../entry.ts";

export const economicsEmission = paramModule(
  "economics.emission",
  { types: ["econ"], cooldownDays: 7 },
  {
    EMISSION_ENABLED: {
      type: "flag",
      unit: "flag",
      default: true,
      isEmergencyChangeable: true,
      doc: "Whether anything is minted; private networks that only keep accounts switch it off.",
    },
    UPTIME_REWARD_ENABLED: {
      type: "flag",
      unit: "flag",
      default: true,
      isEmergencyChangeable: true,
      doc: "Whether time online is paid beside work.",
    },
    MAX_MINT_PER_ROUND: {
      type: "decimal",
      unit: "NEURO per round",
      default: "1000",
      range: ["0", "1000000"],
      maxStep: "1",
      isEmergencyChangeable: true,
      doc: "Most that one round mints; rewards above are scaled down together.",
    },
    UPTIME_WORK_ROUNDS: {
      type: "integer",
      unit: "rounds",
      default: 10,
      range: [1, 10_000],
      maxStep: "1",
      doc: "Time online is paid only to devices with verified work in this many past rounds.",
    },
    REWARD_BOND_SLASHES: {
      type: "decimal",
      unit: "slashes",
      default: "1",
      range: ["0", "10"],
      doc: "How many slashes of one round held pay must cover before more of it is released.",
    },
    TREASURY_INFERENCE_RATE: {
      type: "decimal",
      unit: "fraction",
      default: "0.05",
      range: ["0", "0.2"],
      maxStep: "0.5",
      doc: "Part of inference payments that goes to the treasury.",
    },
    INFERENCE_BURN_RATE: {
      type: "decimal",
      unit: "fraction",
      default: "0.05",
      range: ["0", "0.1"],
      maxStep: "0.5",
      doc: "Part of inference payments that is burned, on top of them.",
    },
  },
);
