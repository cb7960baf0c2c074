/**
 * Entry of the thread that computes for rounds: it opens the model of the network once and does one job after the other.
 * Started by threadWorker.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Digest } from "@neuroshard/protocol";
import { RoundEngine } from "@neuroshard/training";
import { nodeHash } from "../blobs/nodeHash.ts";
import { ThreadBlobs } from "../blobs/threadBlobs.ts";
import { openNetworkModel } from "./networkModel.ts";
import { failureOf, JobAborted, type ThreadJob, type ThreadReply, type ThreadSetup } from "./threadMessages.ts";

const setup = workerData as ThreadSetup;
const abortFlag = new Int32Array(setup.abortFlag);

function say(reply: ThreadReply): void {
  parentPort!.postMessage(reply);
}

function throwIfAborted(): void {
  if (Atomics.load(abortFlag, 0) === 1) throw new JobAborted();
}

function work(engine: RoundEngine, job: ThreadJob): unknown {
  switch (job.kind) {
    case "initialModel":
      return engine.initialModel();
    case "train": {
      const { start, resumeFrom } = job;
      const onSegment: NonNullable<Parameters<RoundEngine["train"]>[1]["onSegment"]> = (state, progress) =>
        say({ kind: "segment", state, progress });
      return engine.train(start, { throwIfAborted, resumeFrom, onSegment });
    }
    case "replay":
      return engine.replay(job.request, throwIfAborted);
    case "check":
      return engine.check(job.delta, job.rules);
    case "outerStep":
      return engine.outerStep(job.request);
    case "evaluate":
      return engine.evaluate(job.weights);
  }
}

async function openRounds(): Promise<RoundEngine> {
  const { training, folder, fullFlag, choice } = setup;
  const onWritten: ConstructorParameters<typeof ThreadBlobs>[0]["onWritten"] = (digest, bytes) =>
    say({ kind: "written", digest, bytes });
  const onDamage = (digest: Digest): void => say({ kind: "damaged", digest });
  const blobs = new ThreadBlobs({ folder, fullFlag, onWritten, onDamage });
  const { engine, loop } = await openNetworkModel(training, blobs, choice);
  say({ kind: "opened", engine: { kind: engine.kind, threads: engine.threads } });
  return new RoundEngine({ loop, blobs, seed: training.seed, nowMs: () => performance.now(), hash: nodeHash });
}

/** Undefined until a job needs it, and again when it could not be opened: blobs may come. */
let rounds: RoundEngine | undefined;

async function answer(job: ThreadJob): Promise<void> {
  try {
    rounds ??= await openRounds();
    say({ kind: "done", result: work(rounds, job) });
  } catch (error) {
    say({ kind: "failed", failure: failureOf(error) });
  }
}

parentPort!.on("message", answer);
