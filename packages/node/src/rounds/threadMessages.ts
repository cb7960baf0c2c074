/** What the main thread and the thread that computes say to each other. */

import { ModelError, type ModelErrorCode } from "@neuroshard/model";
import type { Digest, TrainingGenesis } from "@neuroshard/protocol";
import { EngineError, type EngineErrorCode, type EngineKind } from "@neuroshard/tensor";
import {
  BlobMissing,
  DataError,
  type DataErrorParts,
  type OuterRequest,
  type ReplayRequest,
  type RoundRules,
  type SegmentState,
  type SlotStart,
  type TrainProgress,
} from "@neuroshard/training";
import { NodeError, type NodeErrorCode } from "../nodeError.ts";
import type { EngineChoice } from "./networkModel.ts";

/** Of the engine that a thread has opened. */
export interface EngineFacts {
  readonly kind: EngineKind;
  readonly threads: number;
}

/** Passed when the thread starts. */
export interface ThreadSetup {
  readonly training: TrainingGenesis;
  readonly folder: string;
  readonly fullFlag: SharedArrayBuffer;
  /** An int32: 1 while the present job is to end. */
  readonly abortFlag: SharedArrayBuffer;
  readonly choice: EngineChoice;
}

/** One at a time; each is answered with `done` or `failed`. */
export type ThreadJob =
  | { readonly kind: "initialModel" }
  | { readonly kind: "train"; readonly start: SlotStart; readonly resumeFrom: readonly SegmentState[] }
  | { readonly kind: "replay"; readonly request: ReplayRequest }
  | { readonly kind: "check"; readonly delta: Digest; readonly rules: RoundRules }
  | { readonly kind: "outerStep"; readonly request: OuterRequest }
  | { readonly kind: "evaluate"; readonly weights: Digest };

export type ThreadReply =
  | { readonly kind: "opened"; readonly engine: EngineFacts }
  | { readonly kind: "written"; readonly digest: Digest; readonly bytes: number }
  | { readonly kind: "damaged"; readonly digest: Digest }
  | { readonly kind: "segment"; readonly state: SegmentState; readonly progress: TrainProgress }
  | { readonly kind: "done"; readonly result: unknown }
  | { readonly kind: "failed"; readonly failure: ThreadFailure };

/** An error as it passes from thread to thread, where classes and codes are lost. */
export type ThreadFailure =
  | { readonly kind: "aborted" }
  | { readonly kind: "missing"; readonly digest: Digest }
  | { readonly kind: "node"; readonly code: NodeErrorCode; readonly message: string }
  | { readonly kind: "model"; readonly code: ModelErrorCode; readonly message: string }
  | { readonly kind: "engine"; readonly code: EngineErrorCode; readonly message: string }
  | { readonly kind: "data"; readonly parts: DataErrorParts }
  | { readonly kind: "other"; readonly error: unknown };

/** Thrown within the thread when the main one wants no more of a job. */
export class JobAborted extends Error {}

export function failureOf(error: unknown): ThreadFailure {
  if (error instanceof JobAborted) return { kind: "aborted" };
  if (error instanceof BlobMissing) return { kind: "missing", digest: error.digest };
  if (error instanceof NodeError) return { kind: "node", code: error.code, message: error.message };
  if (error instanceof ModelError) return { kind: "model", code: error.code, message: error.message };
  if (error instanceof EngineError) return { kind: "engine", code: error.code, message: error.message };
  if (error instanceof DataError) return { kind: "data", parts: partsOf(error) };
  return { kind: "other", error };
}

function partsOf({ code, message, remedy, data }: DataError): DataErrorParts {
  return { code, cause: message.slice(0, -`; ${remedy}`.length), remedy, data };
}

export function errorOf(failure: Exclude<ThreadFailure, { kind: "aborted" }>): unknown {
  switch (failure.kind) {
    case "missing":
      return new BlobMissing(failure.digest);
    case "node":
      return new NodeError(failure.code, failure.message);
    case "model":
      return new ModelError(failure.code, failure.message);
    case "engine":
      return new EngineError(failure.code, failure.message);
    case "data":
      return new DataError(failure.parts);
    case "other":
      return failure.error;
  }
}
