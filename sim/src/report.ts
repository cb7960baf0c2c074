/** What a simulation leaves behind, as data: all that can be judged from outside. Amounts in base units, as text. */
import type { AuditOutcome, ModelDigest } from "@neuroshard/protocol";
import type { Behaviour, FaultManifest } from "./manifest.ts";

export interface RoundReport {
  readonly number: number;
  /** Null: the round has failed. */
  readonly model: ModelDigest | null;
  /** Millionths of a nat; null where it was not evaluated. */
  readonly validationLoss: number | null;
  readonly included: number;
  /** By name, of those that have told of it. */
  readonly modelsByNode: Readonly<Record<string, ModelDigest>>;
}

export interface NodeReport {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly account: string;
  /** Rounds in the order in which it had their models. */
  readonly modelRounds: readonly number[];
  /** Rounds of which it computed another model than the network. */
  readonly disagreements: readonly number[];
  readonly paid: string;
  readonly slashed: string;
  /** Audits of its work, by what they found. */
  readonly audits: Readonly<Partial<Record<AuditOutcome, number>>>;
  /** Audits that found something else than it had said. */
  readonly wrongAnswers: number;
  readonly troubles: number;
}

export type FaultReport = FaultManifest & { readonly fromMs: number; readonly untilMs: number | null };

export interface SimReport {
  readonly name: string;
  readonly seed: number;
  /** Rounds that there were to be. */
  readonly asked: number;
  readonly rounds: readonly RoundReport[];
  readonly nodes: readonly NodeReport[];
  readonly audits: Readonly<Partial<Record<AuditOutcome, number>>>;
  readonly faults: readonly FaultReport[];
  readonly supply: {
    readonly genesis: string;
    readonly minted: string;
    /** By where they are, the burned ones too. */
    readonly places: Readonly<Record<string, string>>;
  };
  readonly chain: {
    readonly height: number;
    readonly stateRoot: string;
    /** Of a replay from the genesis; or why there is none. */
    readonly replayedRoot: string;
  };
  readonly virtualMs: number;
}
