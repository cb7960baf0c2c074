/**
 * What a trainer commits to before anybody sees its contribution: everything an auditor needs to replay any part of it.
 * Spec: spec/rounds.md#R4.
 */
import { encode, type ValueOf } from "../codec/codec.ts";
import { list, optional, struct } from "../codec/composites.ts";
import { count, u16, u32 } from "../codec/primitives.ts";
import { hexToBytes, taggedDigest } from "../crypto/hash.ts";
import { type Digest, digest } from "../types/identifiers.ts";

/** A model between rounds: blobs of all weights and of the outer momentum, little-endian float32. */
export const modelDigest = struct({ weights: digest, momentum: digest });
export type ModelDigest = ValueOf<typeof modelDigest>;

export const MOST_SEGMENTS = 1024;

export const workCommit = struct({
  round: count,
  slot: u16,
  baseModel: modelDigest,
  /** Blob of the device's inner optimiser state at the start, as its last accepted commit ended; null: zeros. */
  startOptimizer: optional(digest),
  /** Blob of what compression left over before; null: zeros. */
  startResidual: optional(digest),
  /** `segmentDigest` of the state after each segment. */
  segments: list(digest, MOST_SEGMENTS),
  endWeights: digest,
  endOptimizer: digest,
  endResidual: digest,
  /** Blob of the compressed pseudo-gradient, and its length. */
  delta: digest,
  deltaBytes: u32,
  steps: u32,
  /** Sequences that were trained on. */
  samples: count,
  /** Mean losses of the first and last step in millionths of a nat; for information only. */
  firstLoss: u32,
  lastLoss: u32,
});
export type WorkCommit = ValueOf<typeof workCommit>;

export function workCommitId(commit: WorkCommit): Digest {
  return taggedDigest("commit", encode(workCommit, commit));
}

/** The state of a slot between two segments. `optimizer`: blob of both moments and the step, see spec/rounds.md#R3. */
export function segmentDigest(weights: Digest, optimizer: Digest): Digest {
  return taggedDigest("segment", hexToBytes(weights), hexToBytes(optimizer));
}

/** What the compression step of a commit gave: the part after the last segment. */
export function compressionDigest(delta: Digest, endResidual: Digest): Digest {
  return taggedDigest("compression", hexToBytes(delta), hexToBytes(endResidual));
}

/** The digest that a replay of part `index` must find: segments count from 0, the compression step follows them. */
export function committedDigest({ segments, delta, endResidual }: WorkCommit, index: number): Digest {
  return segments[index] ?? compressionDigest(delta, endResidual);
}

/** Every audit replays both: what was found of a segment, and of the compression step. */
export function auditedDigest(segment: Digest, compression: Digest): Digest {
  return taggedDigest("audited", hexToBytes(segment), hexToBytes(compression));
}

/** The digest that an audit of a segment must find. */
export function committedToAudit(commit: WorkCommit, segment: number): Digest {
  return auditedDigest(committedDigest(commit, segment), committedDigest(commit, commit.segments.length));
}
