/**
 * What an auditor found: sealed first, shown when the others have sealed theirs, so that nobody can copy an answer.
 * Spec: spec/audits.md#A3.
 */
import { encode, type ValueOf } from "../codec/codec.ts";
import { struct, union } from "../codec/composites.ts";
import { count, u16 } from "../codec/primitives.ts";
import { taggedDigest } from "../crypto/hash.ts";
import { type DeviceKey, type Digest, deviceKey, digest } from "../types/identifiers.ts";
import { auditedDigest } from "./workCommit.ts";

export const auditAnswer = union({
  /**
   * `end`: the digest of the state after the part. `interior`: of a state that the trainer never published. Of an audit, each
   * is that of a segment and of the compression step together.
   */
  replayed: struct({ end: digest, interior: digest }),
  /** The trainer served nothing that leads to its commitment. */
  unavailable: struct({}),
});
export type AuditAnswer = ValueOf<typeof auditAnswer>;

/** What an auditor answers who has replayed both parts. Who has not got one of them has not got the work. */
export function joinAnswers(segment: AuditAnswer, compression: AuditAnswer): AuditAnswer {
  if (segment.kind !== "replayed" || compression.kind !== "replayed") return { kind: "unavailable" };
  const end = auditedDigest(segment.end, compression.end);
  return { kind: "replayed", end, interior: auditedDigest(segment.interior, compression.interior) };
}

const sealed = struct({ device: deviceKey, round: count, slot: u16, answer: auditAnswer });

/** `device`: of the auditor, so that a copied seal opens nothing. */
export function auditSeal(device: DeviceKey, round: number, slot: number, answer: AuditAnswer): Digest {
  return taggedDigest("seal", encode(sealed, { device, round, slot, answer }));
}
