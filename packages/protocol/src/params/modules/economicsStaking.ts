/** Staking rules that the ancestor did not have: lots, the time until unstaked tokens can be spent, the bootstrap. */
import { paramModule } from "../entry.ts";

export const economicsStaking = paramModule(
  "economics.staking",
  { types: ["econ"], cooldownDays: 7 },
  {
    UNBONDING: {
      type: "integer",
      unit: "blocks",
      default: { main: { days: 7 }, devnet: { days: 14 }, minimal: { days: 7 } },
      range: [{ days: 1 }, { days: 90 }],
      maxStep: "1",
      doc: "Time from unstaking until the tokens can be spent; they can be slashed all the while.",
    },
    MAX_STAKE_LOTS: {
      type: "integer",
      unit: "lots",
      default: 16,
      range: [1, 64],
      doc: "Most lots of stake, and most lots that are unbonding, of one account.",
    },
    BOOTSTRAP_FADE: {
      type: "integer",
      unit: "blocks",
      // Ninety days of `devnet` are eighteen minutes, too short to stake in while somebody looks around; a year is 73.
      default: { main: { days: 90 }, devnet: { days: 365 }, minimal: { days: 90 } },
      range: [{ days: 1 }, { days: 365 }],
      types: [],
      doc: "Time over which the power of the validators named at genesis fades to nothing.",
    },
  },
);
