/** Work of rounds on a thread of its own, so that the node goes on talking meanwhile. A thread that crashes is replaced. */
import { Worker } from "node:worker_threads";
import type { AuditAnswer, Digest, ModelDigest, TrainingGenesis } from "@neuroshard/protocol";
import {
  BlobMissing,
  type DeltaFault,
  type OuterRequest,
  type OuterResult,
  type ReplayRequest,
  type RoundRules,
  type RoundWorker,
  type SegmentState,
  type SlotStart,
  type TrainedSlot,
  type TrainProgress,
} from "@neuroshard/training";
import type { FileBlobStore } from "../blobs/fileBlobStore.ts";
import { NodeError } from "../nodeError.ts";
import type { EngineChoice } from "./networkModel.ts";
import { type EngineFacts, errorOf, type ThreadJob, type ThreadReply, type ThreadSetup } from "./threadMessages.ts";

export interface ThreadWorkerOptions extends EngineChoice {
  readonly training: TrainingGenesis;
  readonly blobs: FileBlobStore;
}

interface JobOptions {
  readonly signal?: AbortSignal;
  readonly onSegment?: ((state: SegmentState, progress: TrainProgress) => void) | undefined;
}

interface RunningJob extends JobOptions {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** What listening to its progress threw. */
  fault?: unknown;
}

export class ThreadWorker implements RoundWorker {
  readonly #blobs: FileBlobStore;
  #setup: ThreadSetup;
  readonly #abortFlag: Int32Array;
  #thread: Worker | undefined;
  #engine: EngineFacts | undefined;
  #isOutdated = false;
  #running: RunningJob | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor({ training, blobs, engine, threads }: ThreadWorkerOptions) {
    this.#blobs = blobs;
    const { folder, fullFlag } = blobs;
    const abortFlag = new SharedArrayBuffer(4);
    this.#abortFlag = new Int32Array(abortFlag);
    this.#setup = { training, folder, fullFlag, abortFlag, choice: { engine, threads } };
  }

  /** Undefined while no thread runs, or its engine is still being opened. */
  get engine(): EngineFacts | undefined {
    return this.#engine;
  }

  /** From the next job on. */
  setThreads(threads: number): void {
    if (threads === this.#setup.choice.threads) return;
    this.#setup = { ...this.#setup, choice: { ...this.#setup.choice, threads } };
    this.#isOutdated = this.#thread !== undefined;
  }

  initialModel(): Promise<ModelDigest> {
    return this.#do({ kind: "initialModel" });
  }

  train(
    start: SlotStart,
    { signal, resumeFrom = [], onSegment }: Parameters<RoundWorker["train"]>[1],
  ): Promise<TrainedSlot> {
    return this.#do({ kind: "train", start, resumeFrom }, { signal, onSegment });
  }

  replay(request: ReplayRequest, signal: AbortSignal): Promise<AuditAnswer> {
    return this.#do({ kind: "replay", request }, { signal });
  }

  check(delta: Digest, rules: RoundRules): Promise<DeltaFault | null> {
    return this.#do({ kind: "check", delta, rules });
  }

  outerStep(request: OuterRequest): Promise<OuterResult> {
    return this.#do({ kind: "outerStep", request });
  }

  evaluate(weights: Digest): Promise<number> {
    return this.#do({ kind: "evaluate", weights });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // A run of the engine cannot be interrupted: the job ends at its next step.
    Atomics.store(this.#abortFlag, 0, 1);
    await this.#thread?.terminate();
  }

  /** One after the other: there is one model in the thread. */
  #do<T>(job: ThreadJob, options: JobOptions = {}): Promise<T> {
    const turn = this.#last.then(() => this.#run(job, options));
    this.#last = turn.catch(() => undefined);
    return turn as Promise<T>;
  }

  async #run(job: ThreadJob, options: JobOptions): Promise<unknown> {
    const { signal } = options;
    signal?.throwIfAborted();
    if (this.#isClosed) throw closed();
    if (this.#isOutdated) await this.#replace();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const abort = (): void => void Atomics.store(this.#abortFlag, 0, 1);
    Atomics.store(this.#abortFlag, 0, 0);
    signal?.addEventListener("abort", abort, { once: true });
    this.#running = { ...options, resolve, reject };
    try {
      this.#thread ??= this.#start();
      this.#thread.postMessage(job);
      return await promise;
    } finally {
      this.#running = undefined;
      signal?.removeEventListener("abort", abort);
    }
  }

  /** The next job starts another one. */
  async #replace(): Promise<void> {
    await this.#thread?.terminate();
    this.#isOutdated = false;
  }

  #start(): Worker {
    const thread = new Worker(new URL("./roundThread.ts", import.meta.url), { workerData: this.#setup });
    let cause: unknown;
    thread.on("message", (reply: ThreadReply) => this.#hear(reply));
    thread.on("error", (error) => {
      cause = error;
    });
    thread.on("exit", (code) => {
      this.#thread = undefined;
      this.#engine = undefined;
      this.#running?.reject(this.#isClosed ? closed() : crashed(code, cause));
    });
    return thread;
  }

  #hear(reply: ThreadReply): void {
    switch (reply.kind) {
      case "opened":
        this.#engine = reply.engine;
        return;
      case "written":
        this.#blobs.noteWritten(reply.digest, reply.bytes);
        return;
      case "damaged":
        this.#blobs.noteDamaged(reply.digest);
        return;
      case "segment":
        this.#tell(reply.state, reply.progress);
        return;
      case "done":
        this.#running?.resolve(reply.result);
        return;
      case "failed":
        this.#fail(reply.failure);
    }
  }

  /** The job ends with what its listener throws, at its next step. */
  #tell(state: SegmentState, progress: TrainProgress): void {
    const job = this.#running;
    try {
      job?.onSegment?.(state, progress);
    } catch (error) {
      if (job !== undefined) job.fault = error;
      Atomics.store(this.#abortFlag, 0, 1);
    }
  }

  #fail(failure: Extract<ThreadReply, { kind: "failed" }>["failure"]): void {
    const { signal, reject, fault } = this.#running ?? {};
    if (failure.kind === "aborted") {
      reject?.(fault ?? (signal?.aborted ? signal.reason : closed()));
      return;
    }
    const error = errorOf(failure);
    if (error instanceof BlobMissing) this.#blobs.recheck(error.digest);
    reject?.(error);
  }
}

function closed(): NodeError {
  return new NodeError("WORKER_FAILED", "the thread that computes is closed; start the node again");
}

function crashed(code: number, cause: unknown): NodeError {
  const why = cause instanceof Error ? cause.message : `exit code ${code}`;
  const message = `the thread that computes ended: ${why}; it is started again for the next piece of work`;
  return new NodeError("WORKER_FAILED", message, { cause });
}
