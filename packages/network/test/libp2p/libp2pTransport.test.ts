/** Transports between processes, here in one: real connections on the loopback interface. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLibp2pTransport } from "../../src/libp2p/createLibp2pTransport.ts";
import { LIBP2P_LIMITS } from "../../src/libp2p/libp2pLimits.ts";
import type { ByteStream, Transport } from "../../src/transport.ts";

const NETWORK_ID = "ab".repeat(32);

function open(secret: number, more: object = {}): Promise<Transport> {
  const deviceSecret = new Uint8Array(32).fill(secret);
  return createLibp2pTransport({ deviceSecret, networkId: NETWORK_ID, listen: ["/ip4/127.0.0.1/tcp/0"], ...more });
}

async function readAll(stream: ByteStream): Promise<number> {
  let bytes = 0;
  for (let part = await stream.read(); part !== undefined; part = await stream.read()) bytes += part.length;
  return bytes;
}

describe("two nodes on the loopback interface", () => {
  let near: Transport;
  let far: Transport;

  beforeAll(async () => {
    [near, far] = await Promise.all([open(1), open(2)]);
    expect(await near.dial(far.addresses[0]!)).toBe(far.device);
  });

  afterAll(async () => {
    await Promise.all([near.stop(), far.stop()]);
  });

  test("know each other by their device keys", () => {
    expect(near.connected()).toContain(far.device);
    expect(near.device).toMatch(/^0[23][0-9a-f]{64}$/);
    expect(near.addressesOf(far.device)[0]).toContain("/tcp/");
  });

  test.each(["small", "bulk"] as const)(
    "carry %s streams both ways, and end them one side at a time",
    async (purpose) => {
      const id = `/test/echo-${purpose}`;
      far.handleStreams(id, async (stream, from) => {
        expect(from).toBe(near.device);
        const bytes = await readAll(stream);
        await stream.write(new TextEncoder().encode(String(bytes)));
        await stream.closeWrite();
      });
      const stream = await near.openStream(far.device, id, purpose);
      for (let part = 0; part < 20; part++) await stream.write(new Uint8Array(300_000));
      await stream.closeWrite();
      expect(new TextDecoder().decode(await stream.read())).toBe("6000000");
      expect(await stream.read()).toBeUndefined();
    },
  );

  test("make a writer wait for a reader that does not read, and lose nothing", async () => {
    const release = Promise.withResolvers<void>();
    const total = Promise.withResolvers<number>();
    far.handleStreams("/test/slow", async (stream) => {
      await release.promise;
      total.resolve(await readAll(stream));
    });
    const stream = await near.openStream(far.device, "/test/slow", "bulk");
    const parts = 96;
    let written = 0;
    const writing = (async () => {
      for (; written < parts; written++) await stream.write(new Uint8Array(1_048_576));
      await stream.closeWrite();
    })();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const most = LIBP2P_LIMITS.mostWindowBytes + LIBP2P_LIMITS.mostReadBufferBytes;
    expect(written * 1_048_576).toBeLessThan(most);
    release.resolve();
    await writing;
    expect(await total.promise).toBe(parts * 1_048_576);
  });

  test("fail reads of a stream that the other side aborts", async () => {
    far.handleStreams("/test/abort", (stream) => stream.abort(new Error("no")));
    const stream = await near.openStream(far.device, "/test/abort", "small");
    await expect(stream.read()).rejects.toMatchObject({ code: "UNREACHABLE" });
  });

  test("refuse a protocol that nobody handles", async () => {
    await expect(near.openStream(far.device, "/test/none", "small")).rejects.toMatchObject({ code: "UNREACHABLE" });
  });
});

test("gossip reaches a node that is not connected to its author, through one that accepts it", async () => {
  const [a, b, c] = await Promise.all([open(3), open(4), open(5)]);
  try {
    const heard = Promise.withResolvers<string>();
    a.subscribe("test", async () => "accept");
    b.subscribe("test", async () => "accept");
    c.subscribe("test", async (bytes) => {
      heard.resolve(new TextDecoder().decode(bytes));
      return "accept";
    });
    await a.dial(b.addresses[0]!);
    await b.dial(c.addresses[0]!);
    const timer = setInterval(() => void a.publish("test", new TextEncoder().encode("news")).catch(() => {}), 200);
    expect(await heard.promise).toBe("news");
    clearInterval(timer);
  } finally {
    await Promise.all([a.stop(), b.stop(), c.stop()]);
  }
});

test("a peer that was sent away cannot come back before its time", async () => {
  const [a, b] = await Promise.all([open(6), open(7)]);
  try {
    await a.dial(b.addresses[0]!);
    await b.disconnect(a.device, 60_000);
    await expect(b.dial(a.addresses[0]!)).rejects.toMatchObject({ code: "UNREACHABLE" });
    expect(b.connected()).toEqual([]);
  } finally {
    await Promise.all([a.stop(), b.stop()]);
  }
});

test("a port in use and an address that is none are named", async () => {
  const a = await open(8);
  try {
    const port = a.addresses[0]!.split("/")[4];
    await expect(open(9, { listen: [`/ip4/127.0.0.1/tcp/${port}`] })).rejects.toMatchObject({ code: "PORT_IN_USE" });
    await expect(open(9, { listen: ["localhost:1"] })).rejects.toMatchObject({ code: "BAD_ADDRESS" });
  } finally {
    await a.stop();
  }
});
