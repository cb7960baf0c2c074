/** What every transport has to do, whatever carries its bytes. A bench makes nodes and lets their time pass. */
import type { DeviceKey } from "@neuroshard/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ByteStream, Transport } from "../../src/transport.ts";

export interface TransportBench {
  /** A node that nobody knows yet; each one has a key of its own. */
  open(): Promise<Transport>;
  /** A device that was never there. */
  readonly stranger: DeviceKey;
  /** An address of the right form where nobody listens. */
  readonly emptyAddress: string;
  /** Lets time pass until the promise is settled. */
  settle<T>(promise: Promise<T>): Promise<T>;
  /** Lets time pass until it is so. */
  until(isSo: () => boolean): Promise<void>;
  /** Time for whatever can happen to happen. */
  rest(): Promise<void>;
  /** What a writer can be ahead of a reader that does not read. */
  readonly mostAheadBytes: number;
  stop(): Promise<void>;
}

const PART_BYTES = 1 << 20;
const PURPOSES = ["small", "bulk"] as const;
const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? "end" : new TextDecoder().decode(bytes));
const bytesOf = (value: string) => new TextEncoder().encode(value);

async function readAll(stream: ByteStream): Promise<number> {
  let bytes = 0;
  for (let part = await stream.read(); part !== undefined; part = await stream.read()) bytes += part.length;
  return bytes;
}

/** A promise, and the handler of streams that settles it with what it returns. */
function answerOf<T>(handle: (stream: ByteStream, from: DeviceKey) => Promise<T>) {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  // Awaited later, or not at all.
  promise.catch(() => {});
  return { promise, handler: (stream: ByteStream, from: DeviceKey) => void handle(stream, from).then(resolve, reject) };
}

export function describeTransport(name: string, createBench: () => TransportBench): void {
  describe(name, () => {
    let bench: TransportBench;
    let near: Transport;
    let far: Transport;

    async function connect(from: Transport, to: Transport): Promise<void> {
      expect(await bench.settle(from.dial(to.addresses[0]!))).toBe(to.device);
      await bench.until(() => to.connected().includes(from.device));
    }

    async function openStream(
      handler: (stream: ByteStream, from: DeviceKey) => void,
      purpose: "small" | "bulk" = "small",
    ) {
      far.handleStreams("/test/1", handler);
      return await bench.settle(near.openStream(far.device, "/test/1", purpose));
    }

    beforeEach(async () => {
      bench = createBench();
      [near, far] = await Promise.all([bench.open(), bench.open()]);
    });

    afterEach(() => bench.stop());

    test("tells both sides of a connection and of its end", async () => {
      const changes: string[] = [];
      const note = (side: string) => (device: DeviceKey, isConnected: boolean) => {
        changes.push(`${side} ${device === near.device ? "near" : "far"} ${isConnected}`);
      };
      near.onConnection(note("at near:"));
      const end = far.onConnection(note("at far:"));
      await connect(near, far);
      expect(near.connected()).toEqual([far.device]);
      expect(changes.toSorted()).toEqual(["at far: near true", "at near: far true"]);
      end();
      await bench.settle(far.disconnect(near.device, 0));
      await bench.until(() => near.connected().length === 0 && changes.length === 3);
      expect(far.connected()).toEqual([]);
      expect(changes[2]).toBe("at near: far false");
      await connect(near, far);
    });

    test("dialling somebody who is connected already changes nothing", async () => {
      await connect(near, far);
      await connect(near, far);
      expect(near.connected()).toEqual([far.device]);
    });

    test("knows where both sides of a connection can be called", async () => {
      await connect(near, far);
      await bench.until(() => far.addressesOf(near.device).length > 0);
      expect(near.addressesOf(far.device)).toContain(far.addresses[0]);
      expect(far.addressesOf(near.device)).toContain(near.addresses[0]);
    });

    test.each(PURPOSES)("carries %s streams both ways, one side ending before the other", async (purpose) => {
      await connect(near, far);
      const answer = answerOf(async (stream, from) => {
        const bytes = await readAll(stream);
        await stream.write(bytesOf(`${bytes} of ${from === near.device ? "near" : "somebody else"}`));
        await stream.closeWrite();
      });
      const stream = await openStream(answer.handler, purpose);
      const writing = (async () => {
        for (let part = 0; part < 5; part++) await stream.write(new Uint8Array(300_000));
        await stream.closeWrite();
      })();
      await bench.settle(writing);
      expect(text(await bench.settle(stream.read()))).toBe("1500000 of near");
      expect(await bench.settle(stream.read())).toBeUndefined();
      expect(await bench.settle(stream.read())).toBeUndefined();
      await bench.settle(answer.promise);
    });

    test("keeps the order of what is written, whatever the sizes", async () => {
      await connect(near, far);
      const answer = answerOf(async (stream) => {
        let next = 0;
        for (let part = await stream.read(); part !== undefined; part = await stream.read()) {
          for (const byte of part) if (byte !== next++ % 251) return "disorder";
        }
        return next;
      });
      const stream = await openStream(answer.handler);
      let written = 0;
      const writing = (async () => {
        for (const length of [1, 0, 65_536, 3, 70_001, 250_000, 2]) {
          await stream.write(Uint8Array.from({ length }, () => written++ % 251));
        }
        await stream.closeWrite();
      })();
      await bench.settle(writing);
      expect(await bench.settle(answer.promise)).toBe(written);
    });

    test.each(PURPOSES)("makes the writer of a %s stream wait for a reader that does not read", async (purpose) => {
      await connect(near, far);
      const release = Promise.withResolvers<void>();
      const answer = answerOf(async (stream) => {
        await release.promise;
        return await readAll(stream);
      });
      const stream = await openStream(answer.handler, purpose);
      const parts = Math.ceil(bench.mostAheadBytes / PART_BYTES) + 8;
      let written = 0;
      const writing = (async () => {
        for (; written < parts; written++) await stream.write(new Uint8Array(PART_BYTES));
        await stream.closeWrite();
      })();
      await bench.rest();
      expect(written).toBeGreaterThan(0);
      expect(written * PART_BYTES).toBeLessThanOrEqual(bench.mostAheadBytes);
      release.resolve();
      await bench.settle(writing);
      expect(await bench.settle(answer.promise)).toBe(parts * PART_BYTES);
    });

    test("an aborted stream fails on both sides, reads and writes alike", async () => {
      await connect(near, far);
      const answer = answerOf(async (stream) => {
        await stream.read();
        await stream.read();
      });
      const stream = await openStream(answer.handler);
      await stream.write(bytesOf("half of it"));
      await bench.rest();
      stream.abort(new Error("enough"));
      await expect(bench.settle(answer.promise)).rejects.toMatchObject({ code: "UNREACHABLE" });
      await expect(stream.read()).rejects.toThrow();
      await expect(stream.write(bytesOf("more"))).rejects.toThrow();
    });

    test("a handler can refuse by ending the stream at once", async () => {
      await connect(near, far);
      const stream = await openStream((refused) => refused.abort(new Error("no")));
      await expect(bench.settle(stream.read())).rejects.toMatchObject({ code: "UNREACHABLE" });
    });

    test("a lost connection is no end of a stream: reads and writes that wait fail", async () => {
      await connect(near, far);
      const waiting = answerOf(async (stream) => {
        const parts = [await stream.read(), await stream.read()];
        return parts;
      });
      const stream = await openStream(waiting.handler);
      await stream.write(bytesOf("half of it"));
      await bench.rest();
      const reading = stream.read();
      reading.catch(() => {});
      await bench.settle(far.disconnect(near.device, 0));
      await expect(bench.settle(reading)).rejects.toMatchObject({ code: "UNREACHABLE" });
      await expect(bench.settle(waiting.promise)).rejects.toMatchObject({ code: "UNREACHABLE" });
    });

    test("stops while streams are open, and the other side's fail", async () => {
      await connect(near, far);
      const waiting = answerOf((stream) => stream.read());
      const stream = await openStream(waiting.handler);
      const reading = stream.read();
      reading.catch(() => {});
      await bench.settle(far.stop());
      await expect(bench.settle(reading)).rejects.toMatchObject({ code: "UNREACHABLE" });
      await bench.until(() => near.connected().length === 0);
      await expect(bench.settle(near.dial(far.addresses[0] ?? bench.emptyAddress))).rejects.toMatchObject({
        code: "UNREACHABLE",
      });
    });

    test("refuses a protocol that nobody handles, and stays connected", async () => {
      await connect(near, far);
      await expect(bench.settle(near.openStream(far.device, "/none/1", "small"))).rejects.toMatchObject({
        code: "UNREACHABLE",
      });
      expect(near.connected()).toEqual([far.device]);
    });

    test("names a peer that nobody knows, an address where nobody is, and one that is none", async () => {
      await expect(bench.settle(near.openStream(bench.stranger, "/test/1", "small"))).rejects.toMatchObject({
        code: "UNREACHABLE",
      });
      await expect(bench.settle(near.dial(bench.emptyAddress))).rejects.toMatchObject({ code: "UNREACHABLE" });
      await expect(bench.settle(near.dial("nowhere"))).rejects.toMatchObject({ code: "BAD_ADDRESS" });
    });

    test("who was sent away can neither call nor be called", async () => {
      await connect(near, far);
      await bench.settle(far.disconnect(near.device, 600_000));
      await bench.until(() => near.connected().length === 0);
      await expect(bench.settle(far.dial(near.addresses[0]!))).rejects.toMatchObject({ code: "UNREACHABLE" });
      // The caller may only learn afterwards that it was not let in.
      await bench.settle(near.dial(far.addresses[0]!).catch(() => undefined));
      await bench.until(() => near.connected().length === 0);
      expect(far.connected()).toEqual([]);
    });

    test("gossip goes down a line of four, once to each, and comes from the neighbour", async () => {
      const nodes = [near, far, await bench.open(), await bench.open()];
      const heard = nodes.map((): string[] => []);
      for (const [index, node] of nodes.entries()) {
        node.subscribe("news", async (bytes, from) => {
          heard[index]!.push(`${text(bytes)} from ${nodes.findIndex(({ device }) => device === from)}`);
          return "accept";
        });
      }
      for (let index = 0; index < 3; index++) await connect(nodes[index]!, nodes[index + 1]!);
      // Until all know who listens to what, the first ones may not arrive.
      let sent = 0;
      await bench.until(() => {
        if (heard[3]!.length === 0) void nodes[0]!.publish("news", bytesOf(`message ${sent++}`));
        return heard[3]!.length > 0;
      });
      await nodes[0]!.publish("news", bytesOf("last"));
      await bench.until(() => heard[3]!.includes("last from 2"));
      await bench.rest();
      expect(heard[0]).toEqual([]);
      for (let index = 1; index < 4; index++) {
        expect(heard[index]!.filter((line) => line === `last from ${index - 1}`)).toHaveLength(1);
        expect(new Set(heard[index]!).size).toBe(heard[index]!.length);
      }
    });

    test.each(["ignore", "reject"] as const)("what a node answers with %s goes no further", async (verdict) => {
      const last = await bench.open();
      const heard: string[] = [];
      const judged: string[] = [];
      near.subscribe("news", async () => "accept");
      far.subscribe("news", async (bytes) => {
        judged.push(text(bytes));
        return text(bytes).startsWith("good") ? "accept" : verdict;
      });
      last.subscribe("news", async (bytes) => {
        heard.push(text(bytes));
        return "accept";
      });
      await connect(near, far);
      await connect(far, last);
      let sent = 0;
      await bench.until(() => {
        if (heard.length === 0) void near.publish("news", bytesOf(`good ${sent++}`));
        return heard.length > 0;
      });
      await near.publish("news", bytesOf("bad"));
      await near.publish("news", bytesOf("good at last"));
      await bench.until(() => heard.includes("good at last"));
      await bench.rest();
      expect(judged).toContain("bad");
      expect(heard).not.toContain("bad");
    });
  });
}
