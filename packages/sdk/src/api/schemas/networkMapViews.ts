/** The devices of a network: whose they are, what they do now, and who can be reached. */
import { type Static, Type } from "typebox";
import { addressText, countNumber, heightNumber } from "./primitives.ts";

const progressView = Type.Object({
  stepsDone: countNumber,
  stepsOf: countNumber,
  tokensPerSecond: Type.Union([Type.Number(), Type.Null()]),
  loss: Type.Union([Type.Number(), Type.Null()], { description: "nats" }),
});

const slotView = Type.Object({
  index: countNumber,
  steps: countNumber,
  phase: Type.Enum(["training", "committed", "included", "left-out"], {
    description: "of the slot in the newest round",
  }),
  progress: Type.Union([progressView, Type.Null()], { description: "null where this node does not know" }),
});

const mappedDevice = Type.Object({
  device: Type.String({ description: "device key, hexadecimal" }),
  account: addressText,
  name: Type.Union([Type.String(), Type.Null()], { description: "on this machine; null for devices of others" }),
  roles: Type.Array(Type.String()),
  speed: Type.Integer({ ...countNumber, description: "inner steps in 1000 seconds, as registered" }),
  memoryMb: countNumber,
  softwareVersion: Type.String(),
  registeredAt: heightNumber,
  isLive: Type.Boolean({ description: "seen by a quorum of the validators lately" }),
  lastRound: Type.Integer({ ...countNumber, description: "last finished round with work of it; 0: none" }),
  failedAudits: countNumber,
  slot: Type.Union([slotView, Type.Null()], { description: "null without a slot in the newest round" }),
  isSelf: Type.Boolean(),
  latencyMs: Type.Union([countNumber, Type.Null()], { description: "null unless connected and measured" }),
  isConnected: Type.Boolean(),
});
export type MappedDevice = Static<typeof mappedDevice>;

export const networkMapView = Type.Object({
  height: heightNumber,
  round: Type.Integer({ ...countNumber, description: "the newest; 0 before the first" }),
  phase: Type.String({ description: "of that round" }),
  devices: Type.Array(mappedDevice, { description: "those with a slot first, then by registration" }),
  deviceCount: Type.Integer({ ...countNumber, description: "of the whole network; the list may be shorter" }),
});
export type NetworkMapView = Static<typeof networkMapView>;
