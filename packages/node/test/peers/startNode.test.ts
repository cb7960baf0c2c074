/** Whole nodes among peers: what starts, what refuses to, and what a kill costs. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bytesToHex, portableScheme, signTransaction } from "@neuroshard/protocol";
import { expect, onTestFinished, test } from "vitest";
import { openChain } from "../../src/chain/chain.ts";
import { fetchDescriptor } from "../../src/peers/fetchDescriptor.ts";
import { joinByDescriptor, readDescriptor } from "../../src/peers/networkDescriptor.ts";
import { type NodeOptions, type RunningNode, startNode } from "../../src/startNode.ts";
import { NEURO, person, transfer } from "../chain/people.ts";
import { openTestChain, refusal, temporaryFolder, testHome } from "../chain/testNetwork.ts";
import { peerOptions, until } from "./peerNode.ts";

const FOLLOWER = fileURLToPath(new URL("./keepFollowing.ts", import.meta.url));

interface WatchedNode extends Omit<RunningNode, "height"> {
  /** Of the last block now. */
  height(): number;
}

async function run(home: string, options: Partial<NodeOptions> = {}): Promise<WatchedNode> {
  let height = 0;
  const node = await startNode({
    ...{ home, host: "127.0.0.1", port: 0, network: peerOptions([]), ...options },
    onBlock: (block) => {
      height = block.height;
    },
  });
  let stopped: Promise<number> | undefined;
  const stop = (): Promise<number> => {
    stopped ??= node.stop();
    return stopped;
  };
  onTestFinished(async () => void (await stop()));
  return { ...node, stop, height: () => height };
}

/** A home that joined by what `node` tells over HTTP. */
async function joinedHome({ url }: WatchedNode): Promise<string> {
  const home = join(await temporaryFolder(), "home");
  await joinByDescriptor(home, await fetchDescriptor(url));
  return home;
}

test("a node joins by the address of another one's API, and its own API takes transactions", async () => {
  const sequencerHome = await testHome();
  const sequencer = await run(sequencerHome, { blockMs: 50 });
  const home = await joinedHome(sequencer);
  const follower = await run(home);
  await until(() => follower.height() > 1);
  const content = {
    ...{ networkId: follower.networkId, nonce: 0, lastHeight: follower.height() + 90 },
    body: transfer("ben", NEURO),
  };
  const transaction = bytesToHex(signTransaction(content, person("ada"), portableScheme).bytes);
  const answered = await fetch(`${follower.url}/api/v1/transactions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ transaction }),
  });
  const { transactionId } = (await answered.json()) as { readonly transactionId: string };
  expect(answered.status).toBe(200);
  let state = "";
  while (state !== "committed") {
    const response = await fetch(`${follower.url}/api/v1/transactions/${transactionId}`);
    state = ((await response.json()) as { readonly state: string }).state;
  }
  const view = (await (await fetch(`${follower.url}/api/v1/peers`)).json()) as {
    readonly self: { readonly device: string };
    readonly peers: readonly { readonly device: string; readonly headHeight: number }[];
  };
  expect(view.self.device).toBe(follower.device);
  expect(view.peers.map(({ device }) => device)).toEqual([sequencer.device]);
});

test("a node joins by nothing but the multiaddress of another one", async () => {
  const sequencer = await run(await testHome(), { blockMs: 50 });
  const home = join(await temporaryFolder(), "home");
  await joinByDescriptor(home, await fetchDescriptor(sequencer.addresses[0]!));
  const follower = await run(home);
  await until(() => follower.height() > 1);
});

test("an address at which nobody is, or somebody else, is SOURCE_UNREACHABLE", async () => {
  const sequencer = await run(await testHome());
  for (const place of [
    "http://127.0.0.1:1",
    "/ip4/127.0.0.1/tcp/1",
    `/ip4/127.0.0.1/tcp/${new URL(sequencer.url).port}`,
  ]) {
    expect(await refusal(() => fetchDescriptor(place))).toMatchObject({ code: "SOURCE_UNREACHABLE" });
  }
});

test("network.json of a home leads others to it", async () => {
  const sequencerHome = await testHome();
  const sequencer = await run(sequencerHome, { blockMs: 50 });
  const descriptor = readDescriptor(join(sequencerHome, "network.json"));
  expect(descriptor.addresses).toEqual(sequencer.addresses);
  const home = join(await temporaryFolder(), "home");
  await joinByDescriptor(home, descriptor);
  const follower = await run(home);
  await until(() => follower.height() > 1);
});

test("without its peers a node keeps working, and stops when it is asked to", async () => {
  const sequencer = await run(await testHome(), { blockMs: 50 });
  const home = await joinedHome(sequencer);
  await sequencer.stop();
  const troubles: string[] = [];
  const follower = await run(home, { onTrouble: (message) => troubles.push(message) });
  await until(() => troubles.some((message) => message.includes("no peer")));
  expect((await fetch(`${follower.url}/api/v1/status`)).status).toBe(200);
  expect(await follower.stop()).toBe(0);
});

test("a port that is taken is PORT_IN_USE, and the home is free again", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  const home = await testHome();
  const network = peerOptions([], `/ip4/127.0.0.1/tcp/${port}`);
  const { code, message } = await refusal(() => run(home, { network }));
  expect(code).toBe("PORT_IN_USE");
  expect(message).toContain(String(port));
  const taken = await refusal(() => run(home, { port }));
  expect(taken.code).toBe("PORT_IN_USE");
  await run(home);
});

test("a device key that is damaged is named, and nothing is started", async () => {
  const home = await testHome();
  await (await run(home, { blockMs: 20 })).stop();
  await writeFile(join(home, "device.json"), '{"format":1');
  expect(await refusal(() => run(home))).toMatchObject({ code: "DAMAGED_DEVICE" });
  openChain({ home }).close();
});

test("a node that is killed again and again catches up each time", async () => {
  const sequencerHome = await testHome();
  const sequencer = await run(sequencerHome, { blockMs: 20 });
  const home = await joinedHome(sequencer);
  let last = 0;
  for (let kills = 0; kills < 2; kills++) {
    const child: ChildProcess = spawn(process.execPath, [FOLLOWER, home], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const exited = once(child, "exit");
    for await (const line of createInterface({ input: child.stdout! })) {
      last = Math.max(last, Number(line));
      if (last >= 40 * (kills + 1)) child.kill("SIGKILL");
    }
    expect(await exited).toEqual([null, "SIGKILL"]);
  }
  const follower = await run(home);
  await until(() => follower.height() > last);
  await Promise.all([follower.stop(), sequencer.stop()]);
  const [mine, its] = [openTestChain(home), openTestChain(sequencerHome)];
  const { height, signedHeader } = mine.head();
  expect(its.header(height)).toEqual(signedHeader);
});
