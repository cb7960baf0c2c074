/** The network as a whole: what it is, where it stands, how many tokens there are. */
import { genesis } from "@neuroshard/protocol";
import { type Static, Type } from "typebox";
import { amountText, countNumber, digestText, heightNumber, hexText, timeMs, wireObject } from "./primitives.ts";
import { trainingView } from "./roundViews.ts";

const upgradeDemandView = Type.Object({
  version: Type.String({ description: "of the network" }),
  features: Type.Array(Type.String(), { description: "in force and unknown to this node's release" }),
  labels: Type.Array(Type.String(), { description: "the proposals that ask for it, such as NEP-003" }),
});

export const statusView = Type.Object({
  networkId: digestText,
  networkName: Type.String(),
  preset: Type.String({ description: "the clock of the network: main, devnet or minimal" }),
  protocolVersion: Type.String({ description: "raised by proposals that add features" }),
  features: Type.Array(Type.String(), { description: "in force" }),
  upgrade: Type.Union([upgradeDemandView, Type.Null()], {
    description: "what the network demands beyond this node's release; null when nothing",
  }),
  head: Type.Object({
    height: heightNumber,
    hash: digestText,
    timeMs,
    stateRoot: digestText,
  }),
  /** Two figures of the network's clock, so that callers can turn blocks into time. */
  blockSeconds: countNumber,
  dayBlocks: countNumber,
  validators: countNumber,
  openNeps: countNumber,
  pendingTransactions: countNumber,
  training: Type.Union([trainingView, Type.Null()], { description: "null where the network trains nothing" }),
});
export type StatusView = Static<typeof statusView>;

export const genesisView = Type.Object({
  networkId: digestText,
  genesis: wireObject(genesis),
  bytes: Type.String({ ...hexText, description: "the canonical encoding; the network id is its tagged digest" }),
});
export type GenesisView = Static<typeof genesisView>;

export const supplyView = Type.Object({
  height: heightNumber,
  genesis: amountText,
  minted: amountText,
  burned: amountText,
  spendable: amountText,
  bonded: amountText,
  unbonding: amountText,
  escrowed: amountText,
  treasury: amountText,
  held: Type.String({ ...amountText, description: "pay that is held as a bond, in base units" }),
  circulating: Type.String({ ...amountText, description: "genesis + minted - burned, in base units" }),
});
export type SupplyView = Static<typeof supplyView>;

const snapshotView = Type.Object({
  height: heightNumber,
  stateRoot: digestText,
  manifest: Type.String({
    ...hexText,
    description: "canonical bytes of the manifest with its signed header, hexadecimal",
  }),
  chunks: Type.Array(Type.String({ ...digestText, description: "SHA-256 of a chunk" })),
});

export const snapshotsView = Type.Object({ snapshots: Type.Array(snapshotView) });

/** An item of the event stream. */
export const blockEventView = Type.Object({
  height: heightNumber,
  hash: digestText,
  timeMs,
  transactionCount: countNumber,
});
export type BlockEventView = Static<typeof blockEventView>;
