/** An audit while it runs and after it. Spec: spec/audits.md. */
import type { ValueOf } from "../codec/codec.ts";
import { list, optional, struct } from "../codec/composites.ts";
import { bool, choice, count, u8, u16, u32 } from "../codec/primitives.ts";
import { accountId, amount, deviceKey, digest } from "../types/identifiers.ts";
import { auditAnswer } from "../work/auditAnswer.ts";

/** `seal`: the auditors replay. `reveal`: they show what they sealed. The committee does the same after a disagreement. */
const AUDIT_STAGES = ["seal", "reveal", "committee-seal", "committee-reveal", "settled"] as const;
export type AuditStage = (typeof AUDIT_STAGES)[number];

/** `lapsed`: nobody answered. `unsettled`: nobody was left to settle a disagreement. */
export const AUDIT_OUTCOMES = ["honest", "wrong", "unavailable", "lapsed", "unsettled"] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

const auditor = struct({
  account: accountId,
  isCommittee: bool,
  /** The device that sealed, and its seal. */
  device: optional(deviceKey),
  seal: optional(digest),
  answer: optional(auditAnswer),
});

export const auditRecord = struct({
  round: count,
  slot: u16,
  /** Which one is replayed; the compression step is in every audit. */
  segment: u16,
  /** Inner step, counted from the start of the segment, after which the interior digest is taken. */
  interiorStep: u32,
  stage: choice(AUDIT_STAGES),
  /** Height at which the stage ends whatever is missing. */
  deadline: count,
  /** Chance with which the work was drawn, times 10^18. */
  probability: amount,
  /**
   * Height of the block with the newest answer on which a draw hangs, a seal of the primary or a reveal; 0 before. The draw
   * takes a later beacon, which whoever answered did not know.
   */
  answeredAt: count,
  hasSecondDraw: bool,
  /** Whether the committee has an interior step of its own: then the answers that it has seen show it nothing. */
  isStepRedrawn: bool,
  /** Times that auditors were drawn so far, at the beginning and in place of silent ones. */
  draws: u8,
  auditors: list(auditor, 64),
  outcome: optional(choice(AUDIT_OUTCOMES)),
  /** What was found to be right; null while it is not settled, and where nobody knows. */
  truth: optional(auditAnswer),
});
export type AuditRecord = ValueOf<typeof auditRecord>;
export type Auditor = AuditRecord["auditors"][number];
