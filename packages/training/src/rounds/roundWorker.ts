/**
 * The numbers of a round. Everything a worker reads and writes is a blob, named by its digest in a store that it shares
 * with the node: so jobs are small, can go to another thread, and anybody who has the blobs can do them again.
 */
import type { AuditAnswer, Digest, ModelDigest } from "@neuroshard/protocol";

/** Content-addressed bytes of this machine. Synchronous: workers have threads of their own. */
export interface BlobStore {
  /** Undefined where it does not have them. The bytes are not to be changed. */
  get(digest: Digest): Uint8Array | undefined;
  put(bytes: Uint8Array): Digest;
  /**
   * Takes a copy of the parts, one after the other, and puts it meanwhile; what it returns waits for the digest, and throws
   * where it failed. For a store with a thread of its own: hashing and writing cost no time of training then.
   */
  putLater?(parts: readonly Uint8Array[]): () => Digest;
}

/** Rules of the round, from the parameters in force when it opened. */
export interface RoundRules {
  readonly segmentSteps: number;
  readonly compression: "int8" | "int4" | "top-k";
  readonly aggregator: "mean" | "trimmed-mean" | "coordinate-median" | "krum" | "multi-krum" | "geometric-median";
  /** Part that the trimmed mean drops on each side. */
  readonly trimFraction: number;
  readonly outerLearningRate: number;
  readonly outerMomentum: number;
}

/** Where a slot begins: enough to replay it. */
export interface SlotStart {
  /** `RoundRecord.seed`. */
  readonly roundSeed: Digest;
  readonly slot: number;
  readonly baseModel: ModelDigest;
  /** Null: zeros. */
  readonly startOptimizer: Digest | null;
  readonly startResidual: Digest | null;
  /** Steps of the network before this round, for the learning rate. */
  readonly stepsBefore: number;
  readonly steps: number;
  readonly rules: RoundRules;
}

export interface SegmentState {
  readonly weights: Digest;
  readonly optimizer: Digest;
}

export interface TrainProgress {
  readonly stepsDone: number;
  readonly loss: number;
}

export interface TrainedSlot {
  /** State after each segment; the last is the end. The store has the blobs. */
  readonly states: readonly SegmentState[];
  readonly endResidual: Digest;
  readonly delta: Digest;
  readonly deltaBytes: number;
  readonly samples: number;
  /** Millionths of a nat. */
  readonly firstLoss: number;
  readonly lastLoss: number;
  /** Milliseconds of inner steps, and of everything around them. */
  readonly innerMs: number;
  readonly otherMs: number;
}

/** `optimizer` null: moments of zeros and no step yet, as where a device begins that has no accepted work. */
export interface ReplayStart {
  readonly weights: Digest;
  readonly optimizer: Digest | null;
}

export interface ReplayRequest {
  readonly start: SlotStart;
  /** Part to replay; `ceil(steps / segmentSteps)`: the compression step. */
  readonly segment: number;
  /** Step within the segment after which the interior digest is taken, from 1. */
  readonly interiorStep: number;
  /** State before the segment; for the compression step, the end state, of which the weights are enough. The store has the blobs. */
  readonly from: ReplayStart;
}

export interface OuterRequest {
  readonly baseModel: ModelDigest;
  /** Compressed contributions of the included slots, in slot order. */
  readonly deltas: readonly Digest[];
  readonly rules: RoundRules;
}

/** Why a contribution was refused by the rules; everybody comes to the same finding. */
export type DeltaFault = "malformed" | "not-finite" | "zero";

export interface OuterResult {
  readonly model: ModelDigest;
  /** By slot order of the request; null: taken in. */
  readonly faults: readonly (DeltaFault | null)[];
  readonly ms: number;
}

/** All may throw `BlobMissing`. Aborted jobs reject with the signal's reason. */
export interface RoundWorker {
  /** Puts the initial weights and a momentum of zeros into the store. */
  initialModel(): Promise<ModelDigest>;
  /** Goes on from `resumeFrom` where this machine was interrupted; bit for bit what it would have been. */
  train(
    start: SlotStart,
    options: {
      readonly signal: AbortSignal;
      readonly resumeFrom?: readonly SegmentState[];
      /** May come a segment late: when the blobs are there. */
      readonly onSegment?: (state: SegmentState, progress: TrainProgress) => void;
    },
  ): Promise<TrainedSlot>;
  replay(request: ReplayRequest, signal: AbortSignal): Promise<AuditAnswer>;
  /** Whether a contribution can be taken in. */
  check(delta: Digest, rules: RoundRules): Promise<DeltaFault | null>;
  outerStep(request: OuterRequest): Promise<OuterResult>;
  /** Mean loss on the held-out part in millionths of a nat. */
  evaluate(weights: Digest): Promise<number>;
  close(): Promise<void>;
}

/** A job needs bytes that this machine does not have. */
export class BlobMissing extends Error {
  readonly digest: Digest;

  constructor(digest: Digest) {
    super(`blob ${digest} is not here`);
    this.name = "BlobMissing";
    this.digest = digest;
  }
}
