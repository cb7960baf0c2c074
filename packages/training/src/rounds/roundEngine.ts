/**
 * The work of rounds on one inner loop, synchronously: training a slot, replaying a part of one, the outer step, evaluation.
 * A pure function of blobs, so any machine that has them can do it again and get the same digests. Spec: spec/rounds.md.
 */
import {
  type AuditAnswer,
  blobDigest,
  compressionDigest,
  type Digest,
  type HashParts,
  type ModelDigest,
  portableHash,
  samplesSeed,
  segmentDigest,
} from "@neuroshard/protocol";
import { type CompressedDelta, compressDelta, pseudoGradient } from "../diloco/compression/compressDelta.ts";
import { checkDelta } from "../diloco/compression/delta.ts";
import { outerStep } from "../diloco/outerStep.ts";
import type { InnerLoop } from "./innerLoop.ts";
import { bytesOf, floatsOf, joined, loadOptimizer, optimizerParts } from "./optimizerBlob.ts";
import {
  BlobMissing,
  type BlobStore,
  type DeltaFault,
  type OuterRequest,
  type OuterResult,
  type ReplayRequest,
  type RoundRules,
  type SegmentState,
  type SlotStart,
  type TrainedSlot,
  type TrainProgress,
} from "./roundWorker.ts";

export interface RoundEngineOptions {
  readonly loop: InnerLoop;
  readonly blobs: BlobStore;
  /** Of the initial weights. */
  readonly seed: number;
  readonly nowMs: () => number;
  /** What replays hash with; they put nothing into the store. Default: the portable one. */
  readonly hash?: HashParts;
}

export interface TrainOptions {
  /** Asked between steps; throws what ends the work. */
  readonly throwIfAborted: () => void;
  readonly resumeFrom?: readonly SegmentState[];
  readonly onSegment?: (state: SegmentState, progress: TrainProgress) => void;
}

type TrainedPart = Pick<TrainedSlot, "states" | "firstLoss" | "lastLoss" | "innerMs">;

const MILLIONTHS = 1e6;
const MOST_LOSS = 0xffff_ffff;

/** Nats as whole millionths, as far as they fit into 32 bits. */
function lossInMillionths(loss: number): number {
  return Math.min(MOST_LOSS, Math.max(0, Math.round(loss * MILLIONTHS)));
}

function startOf({ baseModel, startOptimizer }: SlotStart) {
  return { weights: baseModel.weights, optimizer: startOptimizer };
}

export class RoundEngine {
  readonly #loop: InnerLoop;
  readonly #blobs: BlobStore;
  readonly #seed: number;
  readonly #nowMs: () => number;
  readonly #hash: HashParts;

  constructor({ loop, blobs, seed, nowMs, hash = portableHash }: RoundEngineOptions) {
    this.#loop = loop;
    this.#blobs = blobs;
    this.#seed = seed;
    this.#nowMs = nowMs;
    this.#hash = hash;
  }

  initialModel(): ModelDigest {
    this.#loop.initialize(this.#seed);
    const weights = this.#put(this.#loop.values("weights"));
    return { weights, momentum: this.#put(new Float32Array(this.#loop.parameterCount)) };
  }

  train(start: SlotStart, options: TrainOptions): TrainedSlot {
    const startedMs = this.#nowMs();
    const run = this.#runSegments(start, options);
    const { bytes, residual } = this.#compressed(start);
    return {
      delta: this.#blobs.put(bytes),
      deltaBytes: bytes.length,
      endResidual: this.#put(residual),
      samples: start.steps * this.#loop.samplesPerStep,
      ...run,
      otherMs: this.#nowMs() - startedMs - run.innerMs,
    };
  }

  replay(request: ReplayRequest, throwIfAborted: () => void): AuditAnswer {
    const { start, segment, from } = request;
    const segments = Math.ceil(start.steps / start.rules.segmentSteps);
    return segment === segments ? this.#replayCompression(start, from) : this.#replaySegment(request, throwIfAborted);
  }

  check(delta: Digest, rules: RoundRules): DeltaFault | null {
    return checkDelta(this.#get(delta), rules.compression, this.#loop.parameterCount);
  }

  outerStep({ baseModel, deltas, rules }: OuterRequest): OuterResult {
    const startedMs = this.#nowMs();
    const count = this.#loop.parameterCount;
    const result = outerStep({
      weights: floatsOf(this.#get(baseModel.weights), count),
      momentum: floatsOf(this.#get(baseModel.momentum), count),
      deltas: deltas.map((delta) => this.#get(delta)),
      rules,
    });
    const model = { weights: this.#put(result.weights), momentum: this.#put(result.momentum) };
    return { model, faults: result.faults, ms: this.#nowMs() - startedMs };
  }

  /** Millionths of a nat. */
  evaluate(weights: Digest): number {
    this.#loop.values("weights").set(floatsOf(this.#get(weights), this.#loop.parameterCount));
    return lossInMillionths(this.#loop.evaluate());
  }

  /** The blobs of a segment are awaited at the end of the next one: a store with a thread of its own has that long. */
  #runSegments(start: SlotStart, options: TrainOptions): TrainedPart {
    const { steps, rules } = start;
    const { throwIfAborted, resumeFrom = [] } = options;
    // With all states there, the last segment is made again: what it reports is not in its state.
    const states = resumeFrom.slice(0, Math.ceil(steps / rules.segmentSteps) - 1);
    let firstLoss = states.length === 0 ? undefined : this.#firstLoss(start);
    let adamStep = this.#load(states.at(-1) ?? startOf(start));
    let loss = 0;
    let innerMs = 0;
    let tell: (() => void) | undefined;
    const tellSegment = (): void => {
      const telling = tell;
      tell = undefined;
      telling?.();
    };
    try {
      for (let step = states.length * rules.segmentSteps; step < steps; step++) {
        throwIfAborted();
        const stepStartedMs = this.#nowMs();
        loss = this.#step(start, step, ++adamStep);
        innerMs += this.#nowMs() - stepStartedMs;
        firstLoss ??= loss;
        if ((step + 1) % rules.segmentSteps !== 0 && step + 1 !== steps) continue;
        tellSegment();
        const stateOf = this.#saveLater(adamStep);
        const progress = { stepsDone: step + 1, loss };
        tell = () => {
          const state = stateOf();
          states.push(state);
          options.onSegment?.(state, progress);
        };
      }
    } finally {
      // Also of work that is interrupted: it can go on from there.
      tellSegment();
    }
    return { states, firstLoss: lossInMillionths(firstLoss ?? 0), lastLoss: lossInMillionths(loss), innerMs };
  }

  #firstLoss(start: SlotStart): number {
    return this.#step(start, 0, this.#load(startOf(start)) + 1);
  }

  #step({ roundSeed, slot, stepsBefore }: SlotStart, step: number, adamStep: number): number {
    const seed = samplesSeed(roundSeed, slot);
    return this.#loop.step({ samplesSeed: seed, sampleStep: step, scheduleStep: stepsBefore + step + 1, adamStep });
  }

  #replaySegment({ start, segment, interiorStep, from }: ReplayRequest, throwIfAborted: () => void): AuditAnswer {
    const { segmentSteps } = start.rules;
    let adamStep = this.#load(from);
    let interior: Digest | undefined;
    const first = segment * segmentSteps;
    const end = Math.min(start.steps, first + segmentSteps);
    for (let step = first; step < end; step++) {
      throwIfAborted();
      this.#step(start, step, ++adamStep);
      if (step - first + 1 === interiorStep) interior = this.#interior(adamStep);
    }
    if (interior === undefined) throw new RangeError(`the segment has ${end - first} steps, no step ${interiorStep}`);
    const { weights, optimizer } = this.#state(adamStep);
    return { kind: "replayed", end: segmentDigest(weights, optimizer), interior };
  }

  /** The parts in another order than in any state: at the last step of a segment, too, it differs from what was committed. */
  #interior(adamStep: number): Digest {
    const { weights, optimizer } = this.#state(adamStep);
    return segmentDigest(optimizer, weights);
  }

  #replayCompression(start: SlotStart, from: ReplayRequest["from"]): AuditAnswer {
    this.#loop.values("weights").set(floatsOf(this.#get(from.weights), this.#loop.parameterCount));
    const exact = pseudoGradient(this.#compressRequest(start));
    const { bytes, residual } = this.#compressed(start);
    const delta = this.#digest(bytes);
    const interior = compressionDigest(this.#digest(bytesOf(exact)), delta);
    return { kind: "replayed", end: compressionDigest(delta, this.#digest(bytesOf(residual))), interior };
  }

  #compressed(start: SlotStart): CompressedDelta {
    return compressDelta(this.#compressRequest(start));
  }

  #compressRequest({ baseModel, startResidual, rules }: SlotStart) {
    const count = this.#loop.parameterCount;
    return {
      base: floatsOf(this.#get(baseModel.weights), count),
      end: this.#loop.values("weights"),
      residual: startResidual === null ? undefined : floatsOf(this.#get(startResidual), count),
      compression: rules.compression,
    };
  }

  /** Returns the optimiser's step. */
  #load({ weights, optimizer }: { readonly weights: Digest; readonly optimizer: Digest | null }): number {
    this.#loop.values("weights").set(floatsOf(this.#get(weights), this.#loop.parameterCount));
    return loadOptimizer(this.#loop, optimizer === null ? undefined : this.#get(optimizer));
  }

  /** Digests of the present state, without keeping it. */
  #state(adamStep: number): SegmentState {
    const weights = this.#digest(bytesOf(this.#loop.values("weights")));
    return { weights, optimizer: this.#digest(joined(optimizerParts(this.#loop, adamStep))) };
  }

  #saveLater(adamStep: number): () => SegmentState {
    const weights = this.#putLater([bytesOf(this.#loop.values("weights"))]);
    const optimizer = this.#putLater(optimizerParts(this.#loop, adamStep));
    return () => ({ weights: weights(), optimizer: optimizer() });
  }

  #putLater(parts: readonly Uint8Array[]): () => Digest {
    if (this.#blobs.putLater !== undefined) return this.#blobs.putLater(parts);
    const digest = this.#blobs.put(joined(parts));
    return () => digest;
  }

  #digest(bytes: Uint8Array): Digest {
    return blobDigest(bytes, this.#hash);
  }

  #put(values: Float32Array): Digest {
    return this.#blobs.put(bytesOf(values).slice());
  }

  #get(digest: Digest): Uint8Array {
    const bytes = this.#blobs.get(digest);
    if (bytes === undefined) throw new BlobMissing(digest);
    return bytes;
  }
}
