/** What a training run asks for and what it reports. */
import type { ScheduleKind } from "@neuroshard/model";
import type { EngineKind, OperandMode } from "@neuroshard/tensor";

export interface TrainOptions {
  /** A text file, a .jsonl file, a folder of them, or "stories", the built-in corpus. */
  readonly data: string;
  readonly preset: string;
  readonly steps: number;
  readonly seed: number;
  readonly engine?: EngineKind;
  readonly threads?: number;
  readonly mode?: OperandMode;
  /** Folder for checkpoints and prepared data; absent: nothing is written. */
  readonly out?: string;
  readonly batch?: number;
  readonly context?: number;
  readonly learningRate?: number;
  readonly schedule?: ScheduleKind;
  readonly warmUpSteps?: number;
  readonly evaluateEverySteps?: number;
  readonly saveEverySteps?: number;
  /** Absent: no samples. */
  readonly sampleEverySeconds?: number;
  readonly samplePrompt?: string;
}

export interface StartEvent {
  readonly event: "start";
  readonly preset: string;
  readonly parameters: number;
  readonly vocabularySize: number;
  readonly trainTokens: number;
  readonly validationTokens: number;
  readonly engine: EngineKind;
  readonly threads: number;
  readonly mode: OperandMode;
  /** Above 0 when the run continues. */
  readonly step: number;
  readonly steps: number;
}

export type TrainEvent =
  | StartEvent
  | { readonly event: "step"; readonly step: number; readonly loss: number; readonly tokensPerSecond: number }
  | { readonly event: "eval"; readonly step: number; readonly trainLoss: number; readonly valLoss: number }
  | { readonly event: "sample"; readonly step: number; readonly text: string }
  | { readonly event: "saved"; readonly step: number; readonly path: string }
  | { readonly event: "stopped"; readonly step: number; readonly path?: string }
  | { readonly event: "done"; readonly steps: number; readonly digest: string; readonly seconds: number };
