/** What a node wrote into its log lately. */
import { type Static, Type } from "typebox";
import { countNumber, timeMs } from "./primitives.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const logEntryView = Type.Object({
  id: Type.Integer({ ...countNumber, description: "counted from 1 since the node started" }),
  timeMs,
  level: Type.Enum(LOG_LEVELS),
  component: Type.String({ description: "node, chain, peers, rounds, audits, pay, http, serving" }),
  message: Type.String(),
  data: Type.Record(Type.String(), Type.Unknown(), { description: "figures behind the message; never secrets" }),
});
export type LogEntryView = Static<typeof logEntryView>;

export const logPage = Type.Object({
  entries: Type.Array(logEntryView, { description: "the oldest first" }),
  nextId: Type.Integer({ ...countNumber, description: "`since` of the next question" }),
});
export type LogPage = Static<typeof logPage>;
