/**
 * One configuration of our engine in a process of its own, as the programs in peers/ are for other engines.
 *
 *     node engineProcess.ts --engine native|wasm --mode bf16|f32 --threads 2
 *
 * A line of JSON on stdin is a request, answered by a line of JSON: {"task": "train" | "decode" | "batch" | "product", ...};
 * the other fields stand in trainTask.ts, decodeTask.ts, batchTask.ts and productTask.ts. The first line is a greeting. Between requests
 * all threads sleep.
 */
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { Engine, EngineKind, OperandMode } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import { BatchTask } from "./batchTask.ts";
import { DecodeTask } from "./decodeTask.ts";
import { ProductTask } from "./productTask.ts";
import { TrainTask } from "./trainTask.ts";

interface Task {
  answer(request: object): object;
}

function makeTasks(engine: Engine, mode: OperandMode): Readonly<Record<string, Task>> {
  return {
    train: new TrainTask(engine, mode) as Task,
    decode: new DecodeTask(engine, mode) as Task,
    batch: new BatchTask(engine, mode) as Task,
    product: new ProductTask(engine, mode) as Task,
  };
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function serve(engine: Engine, mode: OperandMode): Promise<void> {
  const tasks = makeTasks(engine, mode);
  send({ engine: engine.kind, threads: engine.threads, mode });
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      const request = JSON.parse(line) as { readonly task: string };
      const task = tasks[request.task];
      if (task === undefined) throw new Error(`unknown task ${JSON.stringify(request.task)}`);
      send(task.answer(request));
    } catch (error) {
      send({ error: messageOf(error) });
    }
  }
}

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: "native" },
    mode: { type: "string", default: "bf16" },
    threads: { type: "string", default: "1" },
  },
});
try {
  const engine = await openEngine({ kind: values.engine as EngineKind, threads: Number(values.threads) });
  await serve(engine, values.mode as OperandMode);
  process.exit(0);
} catch (error) {
  console.error(messageOf(error));
  process.exit(1);
}
