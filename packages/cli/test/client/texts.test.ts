/** The SDK's actions that write texts, against a real node of a network that has just been founded. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalNetwork, type RunningNode, startNode } from "@neuroshard/node";
import { type Client, chat, complete, createClient, listModels, streamChat, streamCompletion } from "@neuroshard/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TEXT } from "../command.ts";

const LIMIT_MS = 120_000;
const STORAGE_BYTES = 1e9;

let folder = "";
let node: RunningNode;
let client: Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "texts-"));
  const made = {
    nodes: 1,
    data: TEXT,
    preset: "tiny",
    steps: 10,
    seed: 1,
    createdAtMs: 0,
    storageBytes: STORAGE_BYTES,
  };
  const { home } = await openLocalNetwork({ home: join(folder, "home"), ...made });
  node = await startNode({
    ...{ home, host: "127.0.0.1", port: 0, blockMs: 200 },
    network: {
      ...{ listen: ["/ip4/127.0.0.1/tcp/0"], peers: [], roles: ["observer"], threads: 1, memoryMb: 1000 },
      ...{ storageBytes: STORAGE_BYTES, isReachingOut: false },
    },
  });
  client = createClient({ baseUrl: node.url });
  while ((await listModels(client)).data.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
}, LIMIT_MS);
afterAll(async () => {
  await node.stop();
  await rm(folder, { recursive: true, force: true });
});

const wish = { model: "neuroshard", prompt: "You may", max_tokens: 12, seed: 4 };
const question = {
  model: "neuroshard",
  messages: [{ role: "user", content: "You may" } as const],
  max_tokens: 9,
  seed: 4,
};

test("models are listed with their digests", async () => {
  const { data } = await listModels(client);
  expect(data.map(({ id, round, context }) => [id, round, context])).toEqual([
    ["neuroshard", 0, 32],
    ["neuroshard-0", 0, 32],
  ]);
});

test("a text is the same whole and in pieces, and the last piece has the counts", async () => {
  const whole = await complete(client, wish);
  const pieces: string[] = [];
  let usage: unknown;
  for await (const piece of streamCompletion(client, wish)) {
    pieces.push(...piece.choices.map(({ text }) => text));
    usage = piece.usage;
  }
  expect(pieces.join("")).toBe(whole.choices[0]!.text);
  expect(usage).toEqual(whole.usage);
});

test("an answer is the same whole and in pieces", async () => {
  const whole = await chat(client, question);
  let text = "";
  for await (const { choices } of streamChat(client, question)) text += choices[0]?.delta.content ?? "";
  expect(text).toBe(whole.choices[0]!.message.content);
});

test("a refusal has its code and its figures", async () => {
  await expect(complete(client, { ...wish, max_tokens: 1000 })).rejects.toMatchObject({
    ...{ code: "CONTEXT_LENGTH_EXCEEDED", status: 400 },
    data: { context: "32", completion: "1000" },
  });
  const stream = streamCompletion(client, { ...wish, model: "other" });
  await expect(stream.next()).rejects.toMatchObject({ code: "MODEL_NOT_FOUND", data: { model: "other" } });
});

test("a stream ends with what its signal was aborted with", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const stream = streamCompletion(client, { ...wish, max_tokens: 25 }, { signal: controller.signal });
  await stream.next();
  controller.abort(reason);
  const readOn = async (): Promise<void> => {
    for await (const _ of stream);
  };
  await expect(readOn()).rejects.toBe(reason);
});
