/** What a new network trains, from a text. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parameterCount } from "@neuroshard/model";
import { encode, trainingGenesis } from "@neuroshard/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FileBlobStore } from "../blobs/fileBlobStore.ts";
import { openNetworkModel } from "./networkModel.ts";
import { prepareNetworkTraining } from "./prepareNetworkTraining.ts";

let home = "";
let data = "";
let blobs: FileBlobStore;
const wasm = { engine: "wasm", threads: 1 } as const;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "founding-"));
  data = join(home, "text.txt");
  await writeFile(data, Array.from({ length: 90 }, (_, i) => `On day ${i} the ship saw ${i * 3} birds.`).join("\n"));
  blobs = new FileBlobStore({ folder: join(home, "blobs"), quotaBytes: 2 ** 30 });
});
afterAll(() => rm(home, { recursive: true }));

test("two machines make the same genesis of the same text", async () => {
  const asked = { data, preset: "tiny", seed: 9 };
  const first = await prepareNetworkTraining({ ...asked, ...wasm }, blobs);
  const others = new FileBlobStore({ folder: join(home, "others"), quotaBytes: 2 ** 30 });
  const second = await prepareNetworkTraining({ ...asked, threads: 2 }, others);
  expect(Buffer.from(encode(trainingGenesis, second))).toEqual(Buffer.from(encode(trainingGenesis, first)));
});

test("the genesis names blobs that are here and fit together", async () => {
  const training = await prepareNetworkTraining({ data, preset: "tiny", seed: 9, ...wasm }, blobs);
  const { engine, store, tokenizer, loop } = await openNetworkModel(training, blobs, wasm);
  engine.close();
  expect(training.parameters).toBe(parameterCount(store.config));
  expect(loop.samplesPerStep).toBe(training.batch);
  expect(blobs.get(training.model.weights)).toHaveLength(4 * training.parameters);
  expect(blobs.get(training.model.momentum)!.every((byte) => byte === 0)).toBe(true);
  const held = blobs.get(training.validationTokens.digest)!;
  const ids = new Uint16Array(held.buffer.slice(held.byteOffset, held.byteOffset + held.length));
  expect(tokenizer.decode(ids)).toContain("On day 89 the ship saw 267 birds.");
});

test("the learning rate stays, unless the founder says how long the network trains", async () => {
  const founding = { data, preset: "char-cpu", seed: 9, ...wasm };
  const lasting = await prepareNetworkTraining(founding, blobs);
  expect(lasting).toMatchObject({ learningRateNano: 1_000_000, schedule: "constant", scheduledSteps: 0 });
  const ending = await prepareNetworkTraining({ ...founding, steps: 5000 }, blobs);
  expect(ending).toMatchObject({ schedule: "cosine", scheduledSteps: 5000 });
});

test("a text that is too short for the preset is refused with what it needs", async () => {
  const short = join(home, "short.txt");
  await writeFile(short, "Only a few words.");
  const asked = prepareNetworkTraining({ data: short, preset: "char-cpu", seed: 9, ...wasm }, blobs);
  await expect(asked).rejects.toMatchObject({ code: "TOO_SMALL" });
});
