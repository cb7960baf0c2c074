/** The node itself: what it is, what it does, what it may use, and what is wrong with it. */
import { type Static, Type } from "typebox";
import { addressText, closedObject, countNumber, timeMs } from "./primitives.ts";

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const MOST_THREADS = 64;
const LEAST_MEMORY_BYTES = 64_000_000;
const LEAST_STORAGE_BYTES = 100_000_000;
const MOST_BYTES = 1_000_000_000_000_000;

export const limitsView = Type.Object({
  threads: Type.Integer({ ...countNumber, description: "of the engine that trains" }),
  memoryBytes: Type.Integer({ ...countNumber, description: "what the device offers; larger models are not trained" }),
  storageBytes: Type.Integer({ ...countNumber, description: "room for models and contributions" }),
  isTraining: Type.Boolean({ description: "whether it takes slots in new rounds" }),
});
export type LimitsView = Static<typeof limitsView>;

/** What is left out stays. */
export const limitsChange = closedObject({
  threads: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_THREADS })),
  memoryBytes: Type.Optional(Type.Integer({ minimum: LEAST_MEMORY_BYTES, maximum: MOST_BYTES })),
  storageBytes: Type.Optional(Type.Integer({ minimum: LEAST_STORAGE_BYTES, maximum: MOST_BYTES })),
  isTraining: Type.Optional(Type.Boolean()),
});
export type LimitsChange = Static<typeof limitsChange>;

const alertView = Type.Object({
  severity: Type.Enum(["info", "warning", "error"]),
  message: Type.String({ description: "the cause; the remedy" }),
  sinceMs: timeMs,
});

const trainingStateView = Type.Object({
  state: Type.Enum(["training", "waiting", "observing", "paused"], {
    description: "training: it has a slot to finish; waiting: for one; observing: it takes none; paused: by its limits",
  }),
  round: Type.Integer({ ...countNumber, description: "the newest; 0 before the first" }),
  slot: orNull(countNumber, "of this device in that round"),
  stepsDone: countNumber,
  stepsOf: countNumber,
  tokensPerSecond: orNull(Type.Number(), "of the newest segment; null before one"),
  loss: orNull(Type.Number(), "nats, of the newest segment"),
});

const servingStateView = Type.Object({
  active: Type.Integer({ ...countNumber, description: "requests that are being answered" }),
  queued: countNumber,
  slots: Type.Integer({ ...countNumber, description: "most answers at a time; 0: this node serves no model" }),
  tokensPerSecond: Type.Number({ description: "of all answers together, lately" }),
});

export const nodeView = Type.Object({
  softwareVersion: Type.String(),
  network: Type.Object({ id: Type.String(), name: Type.String() }),
  roles: Type.Array(Type.String({ description: "trainer, validator or observer" })),
  makesBlocks: Type.Boolean({ description: "whether it signs the blocks of its network" }),
  device: orNull(Type.String({ description: "device key, hexadecimal" }), "null without peers"),
  account: orNull(addressText, "whom the device works for; null without peers"),
  startedAtMs: timeMs,
  uptimeSeconds: countNumber,
  memory: Type.Object({ residentBytes: countNumber, limitBytes: orNull(countNumber, "null without peers") }),
  storage: Type.Object({ usedBytes: countNumber, limitBytes: orNull(countNumber, "null without peers") }),
  threads: Type.Object({
    used: Type.Integer({ ...countNumber, description: "of the running engine; 0: none runs" }),
    limit: countNumber,
  }),
  engine: Type.Object({
    kind: orNull(Type.String(), "native, wasm or reference; null: none runs"),
    features: Type.Array(Type.String(), { description: "of the processor, as far as the engine uses them" }),
  }),
  training: trainingStateView,
  serving: servingStateView,
  alerts: Type.Array(alertView, { description: "what needs somebody's attention, the gravest first" }),
});
export type NodeView = Static<typeof nodeView>;

export const stoppingView = Type.Object({ stopping: Type.Literal(true) });
export type StoppingView = Static<typeof stoppingView>;

export const healthView = Type.Object({
  status: Type.Literal("ok"),
  height: countNumber,
  secondsSinceBlock: Type.Union([Type.Integer({ ...countNumber }), Type.Null()], {
    description: "null before this process has seen one",
  }),
});
export type HealthView = Static<typeof healthView>;
