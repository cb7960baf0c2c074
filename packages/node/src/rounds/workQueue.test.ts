import type { RoundWorker } from "@neuroshard/training";
import { expect, test } from "vitest";
import { type Rank, WorkQueue } from "./workQueue.ts";

/** The queue hands it on and never looks at it. */
const WORKER = {} as RoundWorker;
const NEVER = new AbortController().signal;

function rank(name: Rank): () => Rank {
  return () => name;
}

test("one job runs at a time, the most urgent of those that wait first", async () => {
  const queue = new WorkQueue(WORKER);
  const order: string[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const first = queue.run(rank("rebuild"), async () => gate, NEVER);
  const others = (["audit", "train", "round", "late-audit"] as const).map((name) =>
    queue.run(rank(name), async () => order.push(name), NEVER),
  );
  open();
  await Promise.all([first, ...others]);
  expect(order).toEqual(["round", "late-audit", "train", "audit"]);
});

test("training gives way to an audit whose time is nearly over, and goes on afterwards", async () => {
  const queue = new WorkQueue(WORKER);
  const order: string[] = [];
  let attempts = 0;
  const training = queue.run(
    rank("train"),
    async ({ signal, giveWay }) => {
      attempts++;
      order.push(`train ${attempts}`);
      await Promise.resolve();
      giveWay();
      signal.throwIfAborted();
      return "trained";
    },
    NEVER,
  );
  const audit = queue.run(rank("late-audit"), async () => order.push("audit"), NEVER);
  expect(await training).toBe("trained");
  await audit;
  expect(order).toEqual(["train 1", "audit", "train 2"]);
});

test("training does not give way to an audit that has time", async () => {
  const queue = new WorkQueue(WORKER);
  const training = queue.run(
    rank("train"),
    async ({ signal, giveWay }) => {
      await Promise.resolve();
      giveWay();
      return signal.aborted;
    },
    NEVER,
  );
  const audit = queue.run(rank("audit"), async () => "audited", NEVER);
  expect(await training).toBe(false);
  expect(await audit).toBe("audited");
});

test("a job that nobody wants any more leaves the queue, or ends, with the reason", async () => {
  const queue = new WorkQueue(WORKER);
  const [running, waiting] = [new AbortController(), new AbortController()];
  const { promise: gate } = Promise.withResolvers<void>();
  const first = queue.run(
    rank("train"),
    async ({ signal }) => {
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => resolve());
      await Promise.race([gate, ended]);
      signal.throwIfAborted();
    },
    running.signal,
  );
  const second = queue.run(rank("train"), async () => "ran", waiting.signal);
  waiting.abort(new Error("the round is over"));
  await expect(second).rejects.toThrow("the round is over");
  running.abort(new Error("the node stops"));
  await expect(first).rejects.toThrow("the node stops");
  expect(await queue.run(rank("audit"), async () => "free", NEVER)).toBe("free");
});

test("a job that fails frees the worker", async () => {
  const queue = new WorkQueue(WORKER);
  const failing = queue.run(rank("round"), () => Promise.reject(new Error("no memory")), NEVER);
  await expect(failing).rejects.toThrow("no memory");
  expect(await queue.run(rank("round"), async () => "free", NEVER)).toBe("free");
});
