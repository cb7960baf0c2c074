/** The same peer logic over js-libp2p, on the loopback interface. */
import { randomBytes } from "node:crypto";
import { CHUNK_BYTES, type Digest } from "@neuroshard/protocol";
import { afterEach, expect, test } from "vitest";
import { createLibp2pTransport } from "../../src/libp2p/createLibp2pTransport.ts";
import { createPeerNetwork } from "../../src/peer/createPeerNetwork.ts";
import type { PeerNetwork } from "../../src/peerNetwork.ts";
import type { Transport } from "../../src/transport.ts";
import { fastHash } from "../wire/fastHash.ts";
import { areSame, testBytes } from "../wire/testBytes.ts";
import { framed, HELLO, MemoryDepot } from "../wire/testPeers.ts";

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of open.splice(0)) await stop();
});

async function transportOf(): Promise<Transport> {
  const deviceSecret = new Uint8Array(randomBytes(32));
  const listen = ["/ip4/127.0.0.1/tcp/0"];
  return await createLibp2pTransport({ deviceSecret, networkId: HELLO.networkId, listen });
}

interface Started {
  readonly network: PeerNetwork;
  readonly depot: MemoryDepot;
}

async function start(hello: typeof HELLO = HELLO): Promise<Started> {
  const depot = new MemoryDepot();
  const network = createPeerNetwork({ transport: await transportOf(), depot, hello, hash: fastHash });
  open.push(() => network.stop());
  return { network, depot };
}

const addressOf = ({ network }: Started) => network.addresses[0]!;

const fetchInto = ({ network }: Started, digest: Digest) =>
  network.fetchBlob({ digest, mostBytes: 1e9, holders: [], signal: new AbortController().signal });

test("peers meet, ask, gossip and fetch a blob from two sources", async () => {
  const [alice, bob, carol] = [await start(), await start(), await start()];
  bob.network.serve("head", async () => ({ height: 12 }));
  const heard = Promise.withResolvers<Uint8Array>();
  bob.network.subscribe("transactions", async ({ transaction }) => {
    heard.resolve(transaction);
    return "accept";
  });
  await alice.network.dial(addressOf(bob));
  await alice.network.dial(addressOf(carol));
  expect(new Set(alice.network.peers().map(({ device }) => device))).toEqual(
    new Set([bob.network.device, carol.network.device]),
  );
  expect(await alice.network.request(bob.network.device, "head", {})).toEqual({ height: 12 });
  const bytes = testBytes(24 * CHUNK_BYTES + 3, 1);
  const digest = bob.depot.add(bytes);
  carol.depot.add(bytes);
  await fetchInto(alice, digest);
  expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
  let isHeard = false;
  heard.promise.then(() => {
    isHeard = true;
  });
  // Subscriptions travel by themselves; what was published before is not heard.
  for (let turn = 0; !isHeard; turn++) {
    await alice.network.publish("transactions", { transaction: Uint8Array.of(7, turn) });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect((await heard.promise)[0]).toBe(7);
});

test("another network is told so, left and banned", async () => {
  const alice = await start();
  const stranger = await start({ ...HELLO, networkId: "22".repeat(32) as Digest });
  await expect(alice.network.dial(addressOf(stranger))).rejects.toMatchObject({ code: "WRONG_NETWORK" });
  expect(alice.network.peers()).toEqual([]);
});

test("a hostile peer is cut off, and a source that dies does not stop a fetch", async () => {
  const [alice, bob, carol] = [await start(), await start(), await start()];
  alice.network.serve("head", async () => ({ height: 1 }));
  const hostile = await transportOf();
  open.push(() => hostile.stop());
  const gone = Promise.withResolvers<void>();
  hostile.onConnection((_, isConnected) => {
    if (!isConnected) gone.resolve();
  });
  const hello = framed(Uint8Array.of(0, ...new Uint8Array(32).fill(0x11), 3, 0, 1, 0x78, ...new Uint8Array(8)));
  hostile.handleStreams("/neuroshard/hello/1", async (stream) => {
    await stream.write(hello);
    await stream.closeWrite();
  });
  const victim = await hostile.dial(addressOf(alice));
  for (let time = 0; time < 2; time++) {
    const stream = await hostile.openStream(victim, "/neuroshard/head/1", "small");
    await stream.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff)).catch(() => undefined);
    await expect(stream.read()).rejects.toThrow();
  }
  await gone.promise;

  for (const source of [bob, carol]) await alice.network.dial(addressOf(source));
  const bytes = testBytes(48 * CHUNK_BYTES, 2);
  const digest = bob.depot.add(bytes);
  carol.depot.add(bytes);
  const dies = Promise.withResolvers<void>();
  const fetching = alice.network.fetchBlob({
    digest,
    mostBytes: 1e9,
    holders: [bob.network.device],
    signal: new AbortController().signal,
    onProgress: (received) => {
      if (received > 8 * CHUNK_BYTES) dies.resolve();
    },
  });
  await dies.promise;
  await bob.network.stop();
  await fetching;
  expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
});
