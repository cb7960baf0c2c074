/** Sizes and counts that keep a stranger from filling blocks, state and queues. */
import { paramModule } from "../entry.ts";

export const networkLimits = paramModule(
  "network.limits",
  { types: ["net"], cooldownDays: 1 },
  {
    MAX_TRANSACTION_BYTES: limit(327_680, [4096, 400_000], "bytes", "Largest encoded transaction."),
    MAX_BLOCK_BYTES: limit(8_388_608, [65_536, 67_108_864], "bytes", "Most bytes of transactions in a block."),
    MAX_BLOCK_TRANSACTIONS: limit(50_000, [1, 65_536], "transactions", "Most transactions in a block."),
    MAX_TRANSACTION_LIFETIME: {
      type: "integer",
      unit: "blocks",
      default: { main: { days: 1 }, devnet: 120, minimal: 120 },
      range: [1, 1_000_000],
      maxStep: "1",
      isEmergencyChangeable: true,
      doc: "Farthest that the last height of a transaction can lie ahead.",
    },
    MAX_DEVICES_PER_ACCOUNT: limit(64, [1, 1024], "devices", "Most devices of one account."),
    LIVENESS_BLOCKS: {
      type: "integer",
      unit: "blocks",
      default: { main: 720, devnet: 12, minimal: 4 },
      range: [1, { days: 7 }],
      maxStep: "1",
      doc: "Blocks between two reports of a validator about which devices it can reach.",
    },
    LIVENESS_THRESHOLD: {
      type: "decimal",
      unit: "fraction",
      default: "0.666666666666666666",
      range: ["0.5", "1"],
      doc: "Part of the validating power that must have seen a device for it to be live.",
    },
  },
);

function limit(count: number, range: readonly [number, number], unit: string, doc: string) {
  return { type: "integer", unit, default: count, range, maxStep: "1", isEmergencyChangeable: true, doc } as const;
}
