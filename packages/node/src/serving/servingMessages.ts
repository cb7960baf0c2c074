/** What the main thread and the thread that writes texts say to each other. */
import type { Digest, TrainingGenesis } from "@neuroshard/protocol";
import type { EngineChoice } from "../rounds/networkModel.ts";
import type { TextPiece, TextRequest } from "./textRequest.ts";

/** Passed when the thread starts. */
export interface ServingSetup {
  readonly training: TrainingGenesis;
  /** Of the blobs. */
  readonly folder: string;
  readonly choice: EngineChoice;
  /** Texts that one model writes at once. */
  readonly slots: number;
}

export type ServingOrder =
  | { readonly kind: "model"; readonly number: number; readonly weights: Digest }
  | { readonly kind: "write"; readonly request: TextRequest }
  | { readonly kind: "cancel"; readonly request: number };

export type ServingReport =
  /** Texts that begin from now on are of this model. */
  | { readonly kind: "serves"; readonly number: number }
  | { readonly kind: "cannotServe"; readonly number: number; readonly reason: string }
  /** Of one step. */
  | { readonly kind: "pieces"; readonly pieces: readonly TextPiece[]; readonly active: number }
  | { readonly kind: "failed"; readonly requests: readonly number[]; readonly reason: string };
