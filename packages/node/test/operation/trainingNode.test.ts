/** Nodes that train: what their API tells of the model, of each device, of pay, and how they follow new limits. */
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseAddress, type State } from "@neuroshard/protocol";
import {
  type Client,
  createClient,
  getEarnings,
  getLimits,
  getMetrics,
  getModel,
  getNetworkMap,
  getNode,
  getRound,
  getRoundCurve,
  listLogs,
  setLimits,
  stopNode,
  streamEvents,
} from "@neuroshard/sdk";
import { beforeAll, expect, test } from "vitest";
import { type Chain, openChain } from "../../src/chain/chain.ts";
import { openLocalNetwork } from "../../src/network/createLocalNetwork.ts";
import { EarningsBook } from "../../src/operation/earningsBook.ts";
import { RoundCurve } from "../../src/operation/roundCurve.ts";
import { joinByDescriptor, readDescriptor } from "../../src/peers/networkDescriptor.ts";
import type { PeerOptions } from "../../src/peers/peerOptions.ts";
import { type RunningNode, startNode } from "../../src/startNode.ts";
import { temporaryFolderOfFile } from "./temporaryFolderOfFile.ts";

const BLOCK_MS = 100;
const STORAGE_BYTES = 1e9;
/** Several rounds pass. */
const LONG_MS = 150_000;

let home: string;
let first: RunningNode;
let trainer: RunningNode;
/** Of the trainer; those without a token look, those with one change. */
let client: Client;
let admin: Client;
let account: string;
let isFirstStopped = false;

function network(role: PeerOptions["roles"], known: readonly string[]): PeerOptions {
  const limits = { threads: 1, memoryMb: 8000, storageBytes: STORAGE_BYTES };
  return { listen: ["/ip4/127.0.0.1/tcp/0"], peers: known, roles: role, isReachingOut: false, ...limits };
}

/** Asks until it is so, as long as the test may take. */
async function eventually<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    await setTimeout(50);
  }
}

function localNetwork() {
  const made = { data: "stories", preset: "tiny", steps: 100, seed: 1, createdAtMs: Date.now() };
  return { ...made, home, nodes: 1, storageBytes: STORAGE_BYTES };
}

beforeAll(async () => {
  home = join(temporaryFolderOfFile(), "network");
  const { nodeHomes } = await openLocalNetwork(localNetwork());
  const place = { host: "127.0.0.1", port: 0, isServing: false };
  first = await startNode({ ...place, home, blockMs: BLOCK_MS, network: network(["observer"], []) });
  const [trainerHome] = nodeHomes;
  await joinByDescriptor(trainerHome!, readDescriptor(join(home, "network.json")));
  const roles = ["trainer", "validator"] as const;
  trainer = await startNode({ ...place, home: trainerHome!, network: network(roles, first.addresses) });
  client = createClient({ baseUrl: trainer.url });
  admin = createClient({ baseUrl: trainer.url, token: trainer.adminToken.reveal() });
  account = (await getNode(client)).account!;
  return async () => {
    await trainer.stop();
    if (!isFirstStopped) await first.stop();
  };
}, 120_000);

test("whoever opens the network again while it runs leaves its description, with the addresses that others need", async () => {
  expect(first.addresses.length).toBeGreaterThan(0);
  await openLocalNetwork(localNetwork());
  expect(readDescriptor(join(home, "network.json")).addresses).toEqual(first.addresses);
});

test("the model is described by what it is and an honest sentence; the curve has each finished round", async () => {
  const model = await eventually(
    () => getModel(client),
    ({ validationLoss }) => validationLoss !== null,
  );
  expect(model).toMatchObject({ preset: "tiny", vocabularySize: 320 });
  expect(model.sentence).toContain(`Trained for ${model.steps.toLocaleString("en")} steps`);
  expect(model.sentence).toContain(`${model.validationLoss!.toFixed(2)} nats`);
  const { points, rounds } = await getRoundCurve(client);
  expect(points.map(({ round }) => round)).toEqual(Array.from({ length: rounds }, (_, index) => index + 1));
  const { round } = await getRound(client, 1);
  expect(points[0]).toMatchObject({ round: 1, steps: round.slots[0]!.steps });
  expect((await getRoundCurve(client, { points: 2 })).points.map((point) => point.round)).toEqual([1, rounds]);
});

test("each reward names the work and the round that it is for, and the sums are those of the reasons", async () => {
  const { reasons, total, perDay } = await eventually(
    () => getEarnings(client, account, { limit: 100 }),
    ({ reasons: { items } }) => items.some(({ kind }) => kind === "training"),
  );
  const paid = reasons.items.filter(({ kind }) => kind === "training");
  for (const { round, slot, work, amount } of paid) {
    const { commits, round: record } = await getRound(client, round!);
    expect(record.slots[slot!]!.device).toBe(work!.device);
    expect(record.slots[slot!]!.commit).toBe(work!.commit);
    expect(commits[slot!]!.commit.steps).toBe(work!.units);
    expect(BigInt(amount)).toBeGreaterThan(0n);
  }
  expect(reasons.next).toBeNull();
  expect(paid.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(BigInt(total.training));
  expect(perDay.reduce((sum, day) => sum + BigInt(day.training), 0n)).toBe(BigInt(total.training));
});

test("the map has the device with its slot, and another node tells the progress that it heard of", async () => {
  const map = await eventually(
    () => getNetworkMap(client),
    ({ devices }) => devices.some(({ slot }) => slot?.progress != null),
  );
  expect(map.devices[0]).toMatchObject({ device: trainer.device, account, isSelf: true });
  const { index, progress } = map.devices[0]!.slot!;
  expect(progress!.stepsDone).toBeGreaterThan(0);
  const far = createClient({ baseUrl: first.url });
  const heard = { device: trainer.device!, name: "node 1", slot: index, stepsDone: 3, stepsOf: 9 };
  const seen = await eventually(
    async () => {
      const { round } = await getNetworkMap(far);
      first.noteProgress({ ...heard, round, loss: 2.5, tokensPerSecond: 100 });
      return await getNetworkMap(far);
    },
    ({ devices }) => devices.some(({ slot }) => slot?.progress != null),
  );
  expect(seen.devices[0]).toMatchObject({
    ...{ device: trainer.device, name: "node 1", isConnected: true, isSelf: false },
    slot: { progress: { stepsDone: 3, stepsOf: 9, loss: 2.5, tokensPerSecond: 100 } },
  });
});

test("what happens comes as events: rounds to everybody, lines of the log to whoever runs the node", async () => {
  const kinds = new Set<string>();
  for await (const event of streamEvents(admin, ["block", "round", "log"])) {
    kinds.add(event.kind);
    if (kinds.size === 3) break;
  }
  await expect(streamEvents(client, ["log"]).next()).rejects.toMatchObject({ status: expect.any(Number) });
  await expect(listLogs(client)).rejects.toMatchObject({ code: expect.stringMatching(/UNAUTHORIZED|SCOPE_MISSING/) });
});

test("the log tells of pay and rounds and goes on by id; the figures tell the same", async () => {
  const pay = await eventually(
    () => listLogs(admin, { component: "pay" }),
    ({ entries }) => entries.length > 0,
  );
  expect(pay.entries[0]!.message).toMatch(/^earned 0\.\d+ NEURO/);
  const all = await listLogs(admin, { limit: 1000 });
  expect(all.entries.some(({ message }) => /round \d+ is done: model/.test(message))).toBe(true);
  const later = await listLogs(admin, { since: all.nextId });
  expect(later.entries.every(({ id }) => id >= all.nextId)).toBe(true);
  const text = await getMetrics(client);
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  expect(value("neuroshard_peers")).toBe(1);
  expect(value("neuroshard_network_steps_total")).toBeGreaterThan(0);
  expect(value("neuroshard_slots_committed_total")).toBeGreaterThan(0);
  expect(value('neuroshard_rewards_neuro_total{kind="training"}')).toBeGreaterThan(0);
  expect(value("neuroshard_blob_store_bytes")).toBeGreaterThan(0);
});

test("limits that are wrong are refused with their place, and nobody changes them without a token", async () => {
  const before = await getLimits(client);
  await expect(setLimits(client, { threads: 2 })).rejects.toMatchObject({ status: expect.toSatisfy(isForbidden) });
  for (const [change, path] of [
    [{ threads: 0 }, "body.threads"],
    [{ threads: 1.5 }, "body.threads"],
    [{ storageBytes: 1 }, "body.storageBytes"],
    [{ memoryBytes: 64_000_000 }, "body.memoryBytes"],
    [{ isTraining: "yes" as never }, "body.isTraining"],
  ] as const) {
    await expect(setLimits(admin, change)).rejects.toMatchObject({ code: "BAD_REQUEST", data: { path } });
  }
  expect(await getLimits(client)).toEqual(before);
});

test(
  "new limits are in force while the node works: threads at its next job, slots from the next round on",
  async () => {
    expect(await setLimits(admin, { threads: 2, storageBytes: 5e8 })).toMatchObject({ threads: 2, storageBytes: 5e8 });
    const faster = await eventually(
      () => getNode(client),
      ({ threads }) => threads.used === 2,
    );
    expect(faster).toMatchObject({ storage: { limitBytes: 5e8 }, engine: { kind: expect.any(String) } });
    await setLimits(admin, { isTraining: false });
    const { devices } = await eventually(
      () => getNetworkMap(client),
      ({ devices: [own] }) => own?.roles.includes("trainer") === false,
    );
    expect(devices[0]!.roles).toEqual(["validator"]);
    // It finishes the slot that it has.
    await eventually(
      () => getNode(client),
      ({ training }) => training.state === "paused",
    );
    await setLimits(admin, { isTraining: true });
    await eventually(
      () => getNode(client),
      ({ training }) => training.state === "training",
    );
  },
  LONG_MS,
);

test("a node that is asked to stop says so, and whoever runs it is told", async () => {
  expect(await stopNode(admin)).toEqual({ stopping: true });
  await trainer.stopRequested;
});

test("rounds that have left the state are read from the blocks, and are what they were", async () => {
  await first.stop();
  isFirstStopped = true;
  const chain = openChain({ home });
  try {
    const whole = new RoundCurve(chain, fail).view();
    expect(whole.rounds.length).toBeGreaterThan(3);
    const { rounds } = chain.state.tables;
    const newest = whole.rounds.at(-2)!.round;
    const left = [...rounds.entries()]
      .filter(([, { number }]) => number < newest)
      .map(([key]) => [key, undefined] as const);
    const tables = { ...chain.state.tables, rounds: rounds.with(left) };
    const curve = new RoundCurve(bound(chain, { ...chain.state, tables }), fail);
    await eventually(
      async () => curve.view(),
      ({ isComplete }) => isComplete,
    );
    expect(curve.view().rounds).toEqual(whole.rounds);
    const book = new EarningsBook(chain, fail);
    const parsed = parseAddress(account);
    if (!parsed.ok) throw new Error(parsed.reason);
    const earned = await eventually(
      async () => book.of(parsed.account),
      ({ isComplete }) => isComplete,
    );
    const days = [...earned.days.values()].reduce((sum, { training }) => sum + training, 0n);
    expect(days).toBe(earned.total.training);
    expect(earned.total.training).toBeGreaterThan(0n);
  } finally {
    chain.close();
  }
});

/** What a curve asks of a chain, with another state. */
function bound(chain: Chain, state: State): Chain {
  return {
    ...{ state, subscribe: () => () => undefined, firstHeight: () => chain.firstHeight() },
    ...{ header: (height: number) => chain.header(height), block: (height: number) => chain.block(height) },
    receiptsOf: (height: number) => chain.receiptsOf(height),
  } as unknown as Chain;
}

function fail(error: unknown): never {
  throw error;
}

function isForbidden(status: number): boolean {
  return status === 401 || status === 403;
}
