/** Flat fees by kind of transaction, and the sizes and amounts a transaction must keep to. */
import { paramModule } from "../entry.ts";

const perTransaction = (doc: string) =>
  ({
    type: "decimal",
    unit: "NEURO",
    default: { main: "0.0001", devnet: "0", minimal: "0" },
    // A hard cap: flat fees must not decide who can take part.
    range: ["0", "1"],
    maxStep: "1",
    isEmergencyChangeable: true,
    doc,
  }) as const;

export const economicsFees = paramModule(
  "economics.fees",
  { types: ["econ"], cooldownDays: 1 },
  {
    TRANSFER_FEE: perTransaction("Flat fee of a transfer, beside the part that FEE_BURN_RATE takes."),
    BURN_FEE: perTransaction("Flat fee of burning one's own tokens."),
    STAKE_FEE: perTransaction("Flat fee of staking."),
    UNSTAKE_FEE: perTransaction("Flat fee of unstaking."),
    DELEGATE_FEE: perTransaction("Flat fee of delegating voting power or ending that."),
    DEVICE_FEE: perTransaction("Flat fee of registering or retiring a device."),
    EVIDENCE_FEE: perTransaction("Flat fee of evidence."),
    NEP_FEE: perTransaction("Flat fee of every transaction about proposals: submit, edit, vote, ready and the like."),
    MIN_TRANSFER_AMOUNT: {
      type: "decimal",
      unit: "NEURO",
      default: "0.000001",
      range: ["0", "1"],
      types: ["econ", "net"],
      isEmergencyChangeable: true,
      doc: "Smallest transfer: anything below is dust that would only grow the state.",
    },
    MAX_MEMO_BYTES: {
      type: "integer",
      unit: "bytes",
      default: 256,
      range: [0, 1024],
      types: ["econ", "net"],
      isEmergencyChangeable: true,
      doc: "Longest memo of a transfer, in UTF-8.",
    },
  },
);
