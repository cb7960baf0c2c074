/** Failures that a user can do something about; the message names cause and remedy. Anything else is a bug. */
import { ModelError, TokenizerError } from "@neuroshard/model";
import { EngineError } from "@neuroshard/tensor";
import { DataError } from "@neuroshard/training";

export type NodeErrorCode =
  | "NO_CHECKPOINT"
  | "BAD_CHECKPOINT"
  | "DAMAGED_CHECKPOINT"
  | "OTHER_RUN"
  | "VOCABULARY_MISMATCH"
  | "EXISTS"
  | "NO_SECRET_FILE"
  | "BAD_SECRET_FILE"
  | "EXPOSED_SECRET"
  | "DAMAGED_WALLET"
  | "DAMAGED_DEVICE"
  | "BAD_TOKENS"
  | "TOKEN_KNOWN"
  | "TOKEN_UNKNOWN"
  | "BAD_DESCRIPTOR"
  | "BAD_PHRASE"
  | "NO_NETWORK"
  | "BAD_GENESIS"
  | "HOME_IN_USE"
  | "NEWER_HOME"
  | "STORE_FAILED"
  | "DAMAGED_CHAIN"
  | "REPLAY_DIFFERS"
  | "NO_HISTORY"
  | "BAD_BLOCK"
  | "BAD_SNAPSHOT"
  | "NO_WORK"
  | "NO_ROOM"
  | "NOT_SERVED"
  | "NO_TRAINING"
  | "WORKER_FAILED"
  | "OTHER_NETWORK"
  | "NOT_SEQUENCER"
  | "SOURCE_UNREACHABLE"
  | "PORT_IN_USE"
  | "BAD_ADDRESS"
  | "STUCK"
  | "BAD_OPTION";

export class NodeError extends Error {
  readonly code: NodeErrorCode;
  constructor(code: NodeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "NodeError";
    this.code = code;
  }
}

/** An option that cannot be right whatever the state of the machine is. */
export class UsageError extends NodeError {
  constructor(message: string) {
    super("BAD_OPTION", message);
    this.name = "UsageError";
  }
}

export interface Failure {
  readonly message: string;
  readonly exitCode: 1 | 2;
}

/** What to tell the user of an error, or undefined for a bug. */
export function describeFailure(error: unknown): Failure | undefined {
  if (error instanceof UsageError) return { message: error.message, exitCode: 2 };
  const isUnknownPreset = error instanceof ModelError && error.code === "UNKNOWN_PRESET";
  if (isUnknownPreset) return { message: error.message, exitCode: 2 };
  const known = [NodeError, DataError, ModelError, TokenizerError, EngineError];
  if (known.some((kind) => error instanceof kind)) return { message: (error as Error).message, exitCode: 1 };
  return undefined;
}
