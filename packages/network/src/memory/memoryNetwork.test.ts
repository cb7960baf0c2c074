import type { DeviceKey } from "@neuroshard/protocol";
import { describe, expect, test } from "vitest";
import type { ByteStream } from "../transport.ts";
import { MemoryNetwork, type MemoryNetworkOptions } from "./memoryNetwork.ts";
import type { MemoryTransport } from "./memoryTransport.ts";
import { VirtualClock } from "./virtualClock.ts";

const device = (index: number): DeviceKey => `02${index.toString(16).padStart(64, "0")}` as DeviceKey;

function networkOf(count: number, options: Partial<MemoryNetworkOptions> = {}) {
  const network = new MemoryNetwork({ clock: new VirtualClock(), seed: 1, ...options });
  const nodes = Array.from({ length: count }, (_, index) => network.join(device(index)));
  return { network, clock: network.clock, nodes };
}

/** Lets time pass until the promise has settled. */
async function settled<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  promise.then(settle, settle);
  await clock.runUntil(() => isSettled, clock.nowMs() + 600_000);
  return await promise;
}

const dialTo = (from: MemoryTransport, to: MemoryTransport) => from.dial(to.addresses[0]!);

/** Writes down when parts of a stream arrive. */
function noteArrivals(node: MemoryTransport, clock: VirtualClock): number[] {
  const times: number[] = [];
  node.handleStreams("/note", async (stream) => {
    for (let part = await readOf(stream); part !== undefined; part = await readOf(stream)) times.push(clock.nowMs());
  });
  return times;
}

const readOf = (stream: ByteStream) => stream.read().catch(() => undefined);

describe("links", () => {
  test("a frame takes its latency and its share of the bandwidth", async () => {
    const { clock, nodes } = networkOf(2, { conditions: { latencyMs: 50, jitterMs: 0, bytesPerSecond: 1000 } });
    const times = noteArrivals(nodes[1]!, clock);
    const stream = await settled(
      clock,
      dialTo(nodes[0]!, nodes[1]!).then((peer) => nodes[0]!.openStream(peer, "/note", "small")),
    );
    const beginMs = clock.nowMs();
    await stream.write(new Uint8Array(100));
    await stream.write(new Uint8Array(200));
    await clock.run(10_000);
    expect(times.map((atMs) => atMs - beginMs)).toEqual([150, 350]);
  });

  test("streams lose nothing on a lossy link and stay in order; gossip loses its share", async () => {
    const { clock, nodes } = networkOf(2, { conditions: { latencyMs: 10, jitterMs: 8, lossRate: 0.3 } });
    const [a, b] = nodes;
    const got: number[] = [];
    let heard = 0;
    b!.handleStreams("/count", async (stream) => {
      for (let part = await stream.read(); part !== undefined; part = await stream.read()) got.push(part[0]!);
    });
    b!.subscribe("news", async () => {
      heard++;
      return "accept";
    });
    await settled(clock, dialTo(a!, b!));
    const stream = await settled(clock, a!.openStream(b!.device, "/count", "small"));
    for (let part = 0; part < 200; part++) await stream.write(Uint8Array.of(part));
    for (let message = 0; message < 1000; message++)
      await a!.publish("news", Uint8Array.of(message & 255, message >> 8));
    await clock.run(1_000_000);
    expect(got).toEqual(Array.from({ length: 200 }, (_, part) => part));
    // 700 expected; five standard deviations are 72.
    expect(Math.abs(heard - 700)).toBeLessThan(72);
  });
});

describe("faults", () => {
  test("a partition holds what streams carry and lets it through when it heals in time", async () => {
    const { network, clock, nodes } = networkOf(3);
    const times = noteArrivals(nodes[1]!, clock);
    await settled(clock, dialTo(nodes[0]!, nodes[1]!));
    const stream = await settled(clock, nodes[0]!.openStream(device(1), "/note", "small"));
    network.partition([[device(0)], [device(1), device(2)]]);
    const beginMs = clock.nowMs();
    await stream.write(Uint8Array.of(1));
    await clock.run(beginMs + 5000);
    expect(times).toEqual([]);
    await expect(settled(clock, dialTo(nodes[0]!, nodes[2]!))).rejects.toMatchObject({ code: "UNREACHABLE" });
    network.heal();
    await clock.run(beginMs + 16_000);
    expect(times).toHaveLength(1);
    expect(nodes[0]!.connected()).toEqual([device(1)]);
    await settled(clock, dialTo(nodes[0]!, nodes[2]!));
  });

  test("a cut that lasts loses the connection on both sides, and it can be made again when it is mended", async () => {
    const { network, clock, nodes } = networkOf(2);
    const changes: string[] = [];
    nodes[1]!.onConnection((peer, isConnected) => changes.push(`${Number(peer.slice(2))} ${isConnected}`));
    nodes[1]!.handleStreams("/quiet", () => {});
    await settled(clock, dialTo(nodes[0]!, nodes[1]!));
    const stream = await settled(clock, nodes[0]!.openStream(device(1), "/quiet", "small"));
    network.cut(device(0), device(1));
    const reading = stream.read();
    await expect(settled(clock, reading)).rejects.toMatchObject({ code: "UNREACHABLE" });
    expect(nodes[0]!.connected()).toEqual([]);
    network.mend(device(0), device(1));
    await settled(clock, dialTo(nodes[0]!, nodes[1]!));
    expect(changes).toEqual(["0 true", "0 false", "0 true"]);
  });

  test("a dropped connection is told to both sides at once", async () => {
    const { network, clock, nodes } = networkOf(2);
    await settled(clock, dialTo(nodes[0]!, nodes[1]!));
    network.disconnect(device(0), device(1));
    expect(nodes.map((node) => node.connected())).toEqual([[], []]);
  });

  test("a killed node does nothing more, the others notice, and it can join again", async () => {
    const { network, clock, nodes } = networkOf(2);
    let rings = 0;
    nodes[0]!.clock.after(1000, () => rings++);
    await settled(clock, dialTo(nodes[0]!, nodes[1]!));
    network.kill(device(0));
    await clock.run(2000);
    expect(rings).toBe(0);
    expect(nodes[1]!.connected()).toEqual([]);
    const again = network.join(device(0));
    await settled(clock, dialTo(nodes[1]!, again));
    expect(again.connected()).toEqual([device(1)]);
  });

  test("a name can be had once", () => {
    const { network } = networkOf(1);
    expect(() => network.join(device(0))).toThrow(expect.objectContaining({ code: "PORT_IN_USE" }));
  });

  test("a paused node catches up with what it missed, in order", async () => {
    const { network, clock, nodes } = networkOf(2);
    const heard: number[] = [];
    nodes[1]!.subscribe("news", async (bytes) => {
      heard.push(bytes[0]!);
      return "accept";
    });
    await settled(clock, dialTo(nodes[0]!, nodes[1]!));
    network.pause(device(1));
    for (let message = 0; message < 5; message++) {
      await nodes[0]!.publish("news", Uint8Array.of(message));
      await clock.run(clock.nowMs() + 100);
    }
    expect(heard).toEqual([]);
    network.resume(device(1));
    await clock.run(clock.nowMs() + 1);
    expect(heard).toEqual([0, 1, 2, 3, 4]);
  });

  test("a wrong clock is wrong for its node alone", async () => {
    const network = new MemoryNetwork({ clock: new VirtualClock(), seed: 1 });
    const [right, wrong] = [network.join(device(0)), network.join(device(1), { clockSkewMs: 3_600_000 })];
    await network.clock.run(5);
    expect([right.clock.nowMs(), wrong.clock.nowMs()]).toEqual([5, 3_600_005]);
    await settled(network.clock, dialTo(right, wrong));
    expect(right.connected()).toEqual([device(1)]);
  });

  test("conditions of one link can change while it is in use", async () => {
    const { network, clock, nodes } = networkOf(2, { conditions: { jitterMs: 0 } });
    await settled(clock, dialTo(nodes[0]!, nodes[1]!));
    network.setLink(device(0), device(1), { latencyMs: 300 });
    expect(nodes[0]!.latencyMsOf(device(1))).toBe(600);
  });
});

/** A hundred nodes, each with eight neighbours; everybody says something; links lose and wander; some nodes die. */
async function traceOf(seed: number): Promise<string[]> {
  const count = 100;
  const { network, clock, nodes } = networkOf(count, { seed, conditions: { jitterMs: 20, lossRate: 0.05 } });
  const trace: string[] = [];
  for (const [index, node] of nodes.entries()) {
    node.subscribe("news", async (bytes, from) => {
      trace.push(`${clock.nowMs()} ${index} ${bytes[0]} ${Number.parseInt(from.slice(2), 16)}`);
      return "accept";
    });
    for (const step of [1, 3, 11, 29]) void dialTo(node, nodes[(index + step) % count]!);
  }
  await clock.run(1000);
  for (const [index, node] of nodes.entries()) {
    node.clock.after(index * 10, () => void node.publish("news", Uint8Array.of(index)));
  }
  clock.after(300, () => network.kill(device(50)));
  await clock.run(60_000);
  return trace;
}

test("equal seeds give equal traces of a hundred nodes, other seeds other ones, and news reaches nearly all", async () => {
  const [first, same, other] = [await traceOf(5), await traceOf(5), await traceOf(6)];
  expect(same).toEqual(first);
  expect(other).not.toEqual(first);
  // 100 messages reach 99 others each; the node that dies in time hears and says less.
  expect(first.length).toBeGreaterThan(9500);
});
