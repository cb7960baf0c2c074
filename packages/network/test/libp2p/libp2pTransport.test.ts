/** What only the transport over libp2p has: keys on the wire, bulk connections, private networks, relays, real ports. */
import { setTimeout as pause } from "node:timers/promises";
import { generateKeyPair } from "@libp2p/crypto/keys";
import { noise } from "@libp2p/noise";
import { tcp } from "@libp2p/tcp";
import { yamux } from "@libp2p/yamux";
import { createLibp2p } from "libp2p";
import { afterEach, describe, expect, test } from "vitest";
import { createLibp2pTransport } from "../../src/libp2p/createLibp2pTransport.ts";
import { createNode, type Libp2pOptions } from "../../src/libp2p/createNode.ts";
import { deviceOfPeerId, peerIdOfDevice } from "../../src/libp2p/peerNames.ts";
import type { Transport } from "../../src/transport.ts";

const LOOPBACK = "/ip4/127.0.0.1/tcp/0";
const POLL_MS = 20;

const opened: { stop(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((node) => node.stop()));
});

function optionsOf(secret: number, more: Partial<Libp2pOptions> = {}): Libp2pOptions {
  return { deviceSecret: new Uint8Array(32).fill(secret), networkId: "ab".repeat(32), listen: [LOOPBACK], ...more };
}

async function open(secret: number, more: Partial<Libp2pOptions> = {}): Promise<Transport> {
  const transport = await createLibp2pTransport(optionsOf(secret, more));
  opened.push(transport);
  return transport;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(POLL_MS);
}

describe("keys", () => {
  test("the device is the public key of its secret, and names its peer id in both directions", async () => {
    const deviceSecret = new Uint8Array(32);
    deviceSecret[31] = 1;
    const { device } = await open(1, { deviceSecret });
    // The key of the secret 1 is the generator of the curve (SEC 2, section 2.4.1).
    expect(device).toBe("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    expect(deviceOfPeerId(peerIdOfDevice(device))).toBe(device);
  });

  test("a peer without a device key is neither let in nor talked to", async () => {
    const near = await open(2);
    const strange = await createLibp2p({
      privateKey: await generateKeyPair("Ed25519"),
      addresses: { listen: [LOOPBACK] },
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
    });
    opened.push(strange);
    await expect(near.dial(String(strange.getMultiaddrs()[0]))).rejects.toMatchObject({ code: "BAD_ADDRESS" });
    expect(near.connected()).toEqual([]);
  });
});

test("bulk streams share a connection of their own", async () => {
  const near = await open(3);
  const far = await createNode(optionsOf(4), {});
  opened.push(far);
  await far.start();
  const handled = { small: 0, bulk: 0 };
  const connections = { small: new Set<string>(), bulk: new Set<string>() };
  for (const purpose of ["small", "bulk"] as const) {
    await far.handle(`/test/${purpose}`, (_, connection) => {
      handled[purpose]++;
      connections[purpose].add(connection.id);
    });
  }
  const device = await near.dial(String(far.getMultiaddrs()[0]));
  for (const purpose of ["small", "bulk", "bulk", "small"] as const) {
    await near.openStream(device, `/test/${purpose}`, purpose);
  }
  await until(() => handled.small === 2 && handled.bulk === 2);
  expect([connections.small.size, connections.bulk.size]).toEqual([1, 1]);
  expect(connections.bulk).not.toEqual(connections.small);
  expect(far.getConnections()).toHaveLength(2);
});

test("nodes speak over WebSockets too", async () => {
  const [near, far] = [await open(5), await open(6, { listen: [`${LOOPBACK}/ws`] })];
  expect(far.addresses[0]).toContain("/ws/");
  expect(await near.dial(far.addresses[0]!)).toBe(far.device);
});

test("only who has the key of a private network gets in", async () => {
  const keyOf = (digit: string) => new TextEncoder().encode(`/key/swarm/psk/1.0.0/\n/base16/\n${digit.repeat(64)}`);
  const inside = await open(7, { preSharedKey: keyOf("1") });
  const alsoInside = await open(8, { preSharedKey: keyOf("1") });
  const elsewhere = await open(9, { preSharedKey: keyOf("2") });
  const outside = await open(10);
  expect(await alsoInside.dial(inside.addresses[0]!)).toBe(inside.device);
  const refused = { code: "UNREACHABLE" };
  await Promise.all(
    [elsewhere, outside].map((stranger) => expect(stranger.dial(inside.addresses[0]!)).rejects.toMatchObject(refused)),
  );
  expect(inside.connected()).toEqual([alsoInside.device]);
});

test("who was told of one node finds it at the start, and through it another", async () => {
  const hub = await open(11);
  const first = await open(12, { bootstrap: [hub.addresses[0]!] });
  const second = await open(13, { bootstrap: [hub.addresses[0]!] });
  await until(() => hub.connected().length === 2);
  first.handleStreams("/test/1", (stream) => void stream.closeWrite());
  // Neither has the other's address; the hub's routing table does.
  const stream = await second.openStream(first.device, "/test/1", "small");
  expect(await stream.read()).toBeUndefined();
});

test("a node that only a relay can reach is reached through it", async () => {
  const relay = await open(14, { isPublic: true });
  const hidden = await open(15, { listen: [`${relay.addresses[0]}/p2p-circuit`] });
  await until(() => hidden.addresses.length > 0);
  hidden.handleStreams("/test/1", async (stream) => {
    await stream.write(new Uint8Array(300_000));
    await stream.closeWrite();
  });
  const caller = await open(16);
  expect(await caller.dial(hidden.addresses[0]!)).toBe(hidden.device);
  const stream = await caller.openStream(hidden.device, "/test/1", "small");
  let bytes = 0;
  for (let part = await stream.read(); part !== undefined; part = await stream.read()) bytes += part.length;
  expect(bytes).toBe(300_000);
});

test("a port in use and addresses that are none are named", async () => {
  const { addresses } = await open(17);
  const port = addresses[0]!.split("/")[4]!;
  await expect(open(18, { listen: [`/ip4/127.0.0.1/tcp/${port}`] })).rejects.toMatchObject({
    code: "PORT_IN_USE",
    message: expect.stringContaining(port),
  });
  await expect(open(18, { listen: ["localhost:1"] })).rejects.toMatchObject({ code: "BAD_ADDRESS" });
  await expect(open(18, { listen: ["/ip4/192.0.2.1/tcp/0"] })).rejects.toMatchObject({ code: "BAD_ADDRESS" });
  await expect(open(18, { bootstrap: ["somewhere"] })).rejects.toMatchObject({ code: "BAD_ADDRESS" });
});
