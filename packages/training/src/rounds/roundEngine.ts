/**
 * The work of rounds on one inner loop, synchronously: training a slot, replaying a part of one, the outer step, evaluation.
 * A pure function of blobs, so any machine that has them can do it again and get the same digests. Spec: spec/rounds.md.
 */
import {
  type AuditAnswer,
  compressionDigest,
  type Digest,
  type ModelDigest,
  samplesSeed,
  segmentDigest,
} from "@neuroshard/protocol";
import { compressDelta, pseudoGradient } from "../diloco/compression/compressDelta.ts";
import { checkDelta } from "../diloco/compression/delta.ts";
import { outerStep } from "../diloco/outerStep.ts";
import type { InnerLoop } from "./innerLoop.ts";
import { bytesOf, floatsOf, loadOptimizer, optimizerBytes } from "./optimizerBlob.ts";
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
}

export interface TrainOptions {
  /** Asked between steps; throws what ends the work. */
  readonly throwIfAborted: () => void;
  readonly resumeFrom?: readonly SegmentState[];
  readonly onSegment?: (state: SegmentState, progress: TrainProgress) => void;
  readonly onStep?: (progress: TrainProgress) => void;
}

const MILLIONTHS = 1e6;
const MOST_LOSS = 0xffff_ffff;

/** Nats as whole millionths, as far as they fit into 32 bits. */
export function lossInMillionths(loss: number): number {
  return Math.min(MOST_LOSS, Math.max(0, Math.round(loss * MILLIONTHS)));
}

export class RoundEngine {
  readonly #loop: InnerLoop;
  readonly #blobs: BlobStore;
  readonly #seed: number;
  readonly #nowMs: () => number;

  constructor({ loop, blobs, seed, nowMs }: RoundEngineOptions) {
    this.#loop = loop;
    this.#blobs = blobs;
    this.#seed = seed;
    this.#nowMs = nowMs;
  }

  initialModel(): ModelDigest {
    this.#loop.initialize(this.#seed);
    const weights = this.#put(this.#loop.values("weights"));
    return { weights, momentum: this.#put(new Float32Array(this.#loop.parameterCount)) };
  }

  train(start: SlotStart, options: TrainOptions): TrainedSlot {
    const { steps, rules } = start;
    const startedMs = this.#nowMs();
    const states: SegmentState[] = [...(options.resumeFrom ?? [])];
    const from = states.at(-1) ?? { weights: start.baseModel.weights, optimizer: start.startOptimizer };
    let adamStep = this.#load(from);
    let firstLoss = 0;
    let loss = 0;
    let innerMs = 0;
    for (let step = states.length * rules.segmentSteps; step < steps; step++) {
      options.throwIfAborted();
      const stepStartedMs = this.#nowMs();
      loss = this.#step(start, step, ++adamStep);
      innerMs += this.#nowMs() - stepStartedMs;
      if (step === 0) firstLoss = loss;
      const progress = { stepsDone: step + 1, loss };
      options.onStep?.(progress);
      if ((step + 1) % rules.segmentSteps !== 0 && step + 1 !== steps) continue;
      const state = this.#save(adamStep);
      states.push(state);
      options.onSegment?.(state, progress);
    }
    const delta = this.#compress(start);
    return {
      ...delta,
      states,
      samples: steps * this.#loop.samplesPerStep,
      firstLoss: lossInMillionths(firstLoss),
      lastLoss: lossInMillionths(loss),
      innerMs,
      otherMs: this.#nowMs() - startedMs - innerMs,
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
    const { weights, optimizer } = this.#save(adamStep);
    if (interior === undefined) throw new RangeError(`the segment has ${end - first} steps, no step ${interiorStep}`);
    return { kind: "replayed", end: segmentDigest(weights, optimizer), interior };
  }

  /** Moments in another order than in any state: at the last step of a segment, too, it differs from what was committed. */
  #interior(adamStep: number): Digest {
    const { weights, optimizer } = this.#save(adamStep);
    return segmentDigest(optimizer, weights);
  }

  #replayCompression(start: SlotStart, from: SegmentState): AuditAnswer {
    this.#load(from);
    const exact = pseudoGradient(this.#compressRequest(start));
    const { delta, endResidual } = this.#compress(start);
    const interior = compressionDigest(this.#put(exact), delta);
    return { kind: "replayed", end: compressionDigest(delta, endResidual), interior };
  }

  #compress(start: SlotStart): Pick<TrainedSlot, "delta" | "deltaBytes" | "endResidual"> {
    const { bytes, residual } = compressDelta(this.#compressRequest(start));
    return { delta: this.#blobs.put(bytes), deltaBytes: bytes.length, endResidual: this.#put(residual) };
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

  #save(adamStep: number): SegmentState {
    const weights = this.#put(this.#loop.values("weights"));
    return { weights, optimizer: this.#blobs.put(optimizerBytes(this.#loop, adamStep)) };
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
