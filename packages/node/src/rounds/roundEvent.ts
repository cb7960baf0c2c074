/** What the round driver tells: for the terminal view, for logs and for simulations. */
import type { TrafficCounts } from "@neuroshard/network";
import type { AuditAnswer, AuditOutcome, Digest, ModelDigest, RoundPhase } from "@neuroshard/protocol";

/** Milliseconds that a round took on this machine, by what they were spent on. Audits are of rounds before it. */
export interface RoundTimes {
  readonly inner: number;
  readonly network: number;
  readonly outer: number;
  readonly audit: number;
}

export type RoundEvent =
  | { readonly kind: "phase"; readonly round: number; readonly phase: RoundPhase; readonly deadline: number }
  | {
      readonly kind: "progress";
      readonly round: number;
      readonly slot: number;
      readonly steps: number;
      readonly of: number;
      /** Nats. */
      readonly loss: number;
      readonly tokensPerSecond: number;
    }
  | { readonly kind: "committed"; readonly round: number; readonly slot: number; readonly commit: Digest }
  | {
      readonly kind: "model";
      readonly round: number;
      readonly model: ModelDigest;
      /** Nats; undefined where the round was not evaluated. */
      readonly validationLoss: number | undefined;
      readonly ms: RoundTimes;
      /** Since this node started. */
      readonly traffic: TrafficCounts;
    }
  | {
      readonly kind: "audited";
      readonly round: number;
      readonly slot: number;
      readonly segment: number;
      readonly answer: AuditAnswer["kind"];
    }
  | {
      readonly kind: "settled";
      readonly round: number;
      readonly slot: number;
      readonly outcome: AuditOutcome;
      /** Whether the work was of this device. */
      readonly isOwn: boolean;
    }
  /** The network finalised another model than this machine computed: one of them is broken, and it is not the majority. */
  | { readonly kind: "disagreement"; readonly round: number; readonly own: ModelDigest; readonly final: ModelDigest }
  | { readonly kind: "trouble"; readonly message: string };
