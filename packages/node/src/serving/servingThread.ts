/**
 * Entry of the thread that writes texts: it has an engine of its own and takes one step after the other as long as there is
 * something to write; between two steps it hears what is asked. Started by textServer.
 */
import { setPriority } from "node:os";
import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import type { Digest } from "@neuroshard/protocol";
import { openEngine } from "@neuroshard/tensor/node";
import { BlobFiles } from "../blobs/blobFiles.ts";
import { readTokenizer } from "../rounds/networkModel.ts";
import { BatchScheduler } from "./batchScheduler.ts";
import { ModelPair } from "./modelPair.ts";
import type { ServingOrder, ServingReport, ServingSetup } from "./servingMessages.ts";

/** Training goes first. */
const NICENESS = 5;

interface Writer {
  readonly scheduler: BatchScheduler;
  readonly models: ModelPair;
}

const setup = workerData as ServingSetup;
const files = new BlobFiles(setup.folder);
let writer: Writer | undefined;
let isTurning = false;

function say(report: ServingReport): void {
  parentPort!.postMessage(report);
}

async function open({ training, choice, slots }: ServingSetup): Promise<Writer> {
  // On Linux a priority is one of a thread; elsewhere it would be that of the node.
  if (process.platform === "linux") setPriority(0, NICENESS);
  const scheduler = new BatchScheduler(readTokenizer(training, { get: (digest) => files.read(digest) }));
  const engine = await openEngine({ kind: choice.engine, threads: choice.threads });
  return { scheduler, models: new ModelPair(engine, training, slots, scheduler) };
}

function take({ models }: Writer, number: number, digest: Digest): void {
  const weights = files.read(digest);
  if (weights === undefined) throw new Error("its weights are not here");
  models.offer({ number, weights });
}

const opening = open(setup);

async function hear(order: ServingOrder): Promise<void> {
  try {
    writer = await opening;
    if (order.kind === "model") take(writer, order.number, order.weights);
    else if (order.kind === "write") writer.scheduler.add(order.request);
    else writer.scheduler.cancel(order.request);
    wake();
  } catch (error) {
    const reason = reasonOf(error);
    if (order.kind === "model") say({ kind: "cannotServe", number: order.number, reason });
    else if (order.kind === "write") say({ kind: "failed", requests: [order.request.id], reason });
  }
}

function wake(): void {
  if (isTurning) return;
  isTurning = true;
  setImmediate(turn);
}

function turn(): void {
  const { scheduler, models } = writer!;
  try {
    const model = models.turn();
    if (model !== undefined) say({ kind: "serves", number: model.number });
    const pieces = scheduler.step();
    if (pieces.length > 0) say({ kind: "pieces", pieces, active: scheduler.active });
  } catch (error) {
    say({ kind: "failed", requests: scheduler.clear(), reason: reasonOf(error) });
  }
  isTurning = !scheduler.isIdle;
  if (isTurning) setImmediate(turn);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

parentPort!.on("message", hear);
