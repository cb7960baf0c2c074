/**
 * Writes texts with the newest model of a network, many at once, on a thread of its own. Requests wait in a bounded queue;
 * one that nobody wants any more frees its place at once. A thread that ends is replaced with the next model.
 */
import { Worker } from "node:worker_threads";
import type { TrainingGenesis } from "@neuroshard/protocol";
import type { EngineChoice } from "../rounds/networkModel.ts";
import { OfferedModels, type ServedModel } from "./offeredModels.ts";
import type { ServingOrder, ServingReport, ServingSetup } from "./servingMessages.ts";
import { Speed } from "./speed.ts";
import type { TextJob, TextPiece } from "./textRequest.ts";

export interface TextServerOptions extends EngineChoice {
  readonly training: TrainingGenesis;
  /** Of the blobs. */
  readonly folder: string;
  /** Texts that one model writes at once. */
  readonly slots: number;
  /** Texts that may wait. */
  readonly mostWaiting: number;
  readonly onTrouble: (message: string) => void;
}

export interface TextListener {
  /** In order for each job. The first one says which model writes. */
  piece(piece: TextPiece, model: ServedModel): void;
  /** There will be no more pieces. */
  fault(reason: string): void;
}

export interface TextLoad {
  /** Texts that are being written. */
  readonly active: number;
  /** Texts that wait. */
  readonly queued: number;
  readonly slots: number;
  /** Of all texts together, over the last seconds. */
  readonly tokensPerSecond: number;
  /** Since the node started. */
  readonly tokensWritten: number;
}

/** One text, when it is over. */
export interface ServedText {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** From the request to its first token; undefined where none came. */
  readonly firstTokenSeconds: number | undefined;
  readonly outcome: "stop" | "length" | "cancelled" | "failed";
}

type ServedListener = (text: ServedText) => void;

interface RunningJob {
  readonly promptTokens: number;
  tokens: number;
  firstTokenSeconds: number | undefined;
}

interface Running {
  readonly listener: TextListener;
  readonly startedMs: number;
  /** By their place in the request; those that are over are gone. */
  readonly jobs: Map<number, RunningJob>;
}

export class TextServer {
  readonly #options: TextServerOptions;
  readonly #running = new Map<number, Running>();
  readonly #models = new OfferedModels();
  readonly #speed = new Speed();
  readonly #onServed: ServedListener;
  #thread: Worker | undefined;
  #offered: ServedModel | undefined;
  #model: ServedModel | undefined;
  #requests = 0;
  #active = 0;
  #isClosed = false;

  constructor(options: TextServerOptions, onServed: ServedListener) {
    this.#options = options;
    this.#onServed = onServed;
  }

  /** What new texts are written by; undefined until there is a model. */
  get model(): ServedModel | undefined {
    return this.#model;
  }

  /** The newest one that it was given and did not refuse: it serves, or will in a moment. */
  get offered(): ServedModel | undefined {
    return this.#offered;
  }

  get load(): TextLoad {
    const open = this.#openJobs;
    const active = Math.min(this.#active, open);
    const { perSecond: tokensPerSecond, total: tokensWritten } = this.#speed.at(performance.now());
    return { active, queued: open - active, slots: this.#options.slots, tokensPerSecond, tokensWritten };
  }

  /** Its weights are here. Texts that were begun are finished by the model before. */
  offer(model: ServedModel): void {
    if (this.#isClosed) return;
    this.#offered = model;
    this.#order({ kind: "model", number: this.#models.add(model), weights: model.digest });
  }

  hasRoomFor(jobs: number): boolean {
    const { slots, mostWaiting } = this.#options;
    return this.#openJobs + jobs <= slots + mostWaiting;
  }

  /** The caller has seen to it that there is room, and a model. Returns how to cancel it. */
  write(jobs: readonly TextJob[], listener: TextListener): () => void {
    if (!this.hasRoomFor(jobs.length)) throw new Error("internal: more texts asked for than there is room for");
    const id = ++this.#requests;
    const running = jobs.map(({ prompt }, job): [number, RunningJob] => {
      return [job, { promptTokens: prompt.length, tokens: 0, firstTokenSeconds: undefined }];
    });
    this.#running.set(id, { listener, startedMs: performance.now(), jobs: new Map(running) });
    this.#order({ kind: "write", request: { id, jobs } });
    return () => {
      if (this.#end(id, "cancelled") !== undefined) this.#order({ kind: "cancel", request: id });
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.terminate();
  }

  get #openJobs(): number {
    let open = 0;
    for (const { jobs } of this.#running.values()) open += jobs.size;
    return open;
  }

  #order(order: ServingOrder): void {
    this.#thread ??= this.#start();
    this.#thread.postMessage(order);
  }

  #start(): Worker {
    const { training, folder, engine, threads, slots } = this.#options;
    const workerData: ServingSetup = { training, folder, choice: { engine, threads }, slots };
    const thread = new Worker(new URL("./servingThread.ts", import.meta.url), { workerData });
    let cause: unknown;
    thread.on("message", (report: ServingReport) => this.#hear(report));
    thread.on("error", (error) => {
      cause = error;
    });
    thread.on("exit", (code) => {
      this.#thread = undefined;
      this.#model = undefined;
      this.#offered = undefined;
      this.#active = 0;
      const why = cause instanceof Error ? cause.message : `exit code ${code}`;
      if (!this.#isClosed) this.#options.onTrouble(`the thread that writes texts ended: ${why}; it is started again`);
      this.#fail([...this.#running.keys()], this.#isClosed ? "the node stops" : "the thread that writes texts ended");
    });
    return thread;
  }

  #hear(report: ServingReport): void {
    switch (report.kind) {
      case "serves":
        this.#model = this.#models.serve(report.number);
        return;
      case "cannotServe":
        this.#options.onTrouble(`the newest model cannot be served: ${report.reason}; it is tried again`);
        this.#models.refuse(report.number);
        if (report.number === this.#models.last) this.#offered = undefined;
        return;
      case "pieces":
        this.#active = report.active;
        for (const piece of report.pieces) this.#tell(piece);
        return;
      case "failed":
        this.#options.onTrouble(`texts could not be written: ${report.reason}`);
        this.#fail(report.requests, "the model could not write this text");
    }
  }

  #tell(piece: TextPiece): void {
    this.#speed.note(performance.now());
    const running = this.#running.get(piece.request);
    // It was cancelled meanwhile.
    if (running === undefined) return;
    const job = running.jobs.get(piece.job)!;
    job.firstTokenSeconds ??= (performance.now() - running.startedMs) / 1000;
    job.tokens = piece.end?.tokens ?? job.tokens + 1;
    if (piece.end !== undefined) {
      running.jobs.delete(piece.job);
      this.#onServed(servedText(job, piece.end.finish));
    }
    if (running.jobs.size === 0) this.#running.delete(piece.request);
    running.listener.piece(piece, this.#models.of(piece.model));
  }

  #fail(requests: readonly number[], reason: string): void {
    for (const id of requests) this.#end(id, "failed")?.listener.fault(reason);
  }

  /** Before its texts are over; undefined where they are. */
  #end(id: number, outcome: ServedText["outcome"]): Running | undefined {
    const running = this.#running.get(id);
    this.#running.delete(id);
    for (const job of running?.jobs.values() ?? []) this.#onServed(servedText(job, outcome));
    return running;
  }
}

function servedText(
  { promptTokens, tokens, firstTokenSeconds }: RunningJob,
  outcome: ServedText["outcome"],
): ServedText {
  return { promptTokens, completionTokens: tokens, firstTokenSeconds, outcome };
}
