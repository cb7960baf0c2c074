import { expect, test } from "vitest";
import {
  connect,
  createTestPeer,
  createTestPeers,
  framed,
  frameOf,
  isConnected,
  joinHostile,
} from "../wire/testPeers.ts";
import { Wire } from "../wire/wire.ts";

async function attacked() {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  alice.network.serve("head", async () => ({ height: 5 }));
  alice.network.serve("blocks", async () => ({ blocks: [] }));
  const hostile = await joinHostile(wire, alice);
  const open = (protocol = "head") =>
    wire.clock.settle(hostile.openStream(alice.network.device, `/neuroshard/${protocol}/1`, "small"));
  /** Writes these bytes to a stream, ends it, and tells how the other side answers. */
  async function answerTo(bytes: Uint8Array, protocol = "head"): Promise<Uint8Array | "end" | "aborted"> {
    const stream = await open(protocol);
    // It may be cut off at once.
    await stream.write(bytes).catch(() => undefined);
    await stream.closeWrite();
    return wire.clock.settle(frameOf(stream));
  }
  const isAlive = () => isConnected(alice, hostile.device);
  return { wire, alice, hostile, open, answerTo, isAlive };
}

test("a well-formed question of a foreign program is answered", async () => {
  const { answerTo } = await attacked();
  expect(await answerTo(framed(new Uint8Array(0)))).toEqual(Uint8Array.of(0, 5, 0, 0, 0, 0, 0, 0, 0));
});

const BAD_FRAMES = [
  ["a longer frame than the protocol allows", framed(new Uint8Array(17)), "head"],
  ["four gigabytes announced", Uint8Array.of(0xff, 0xff, 0xff, 0xff), "head"],
  ["bytes that are left over", framed(Uint8Array.of(1)), "head"],
  ["a request that is too short", framed(new Uint8Array(5)), "blocks"],
  ["a number beyond 2^53", framed(new Uint8Array(10).fill(0xff)), "blocks"],
  ["half a frame", Uint8Array.of(9, 0, 0, 0, 1), "blocks"],
  ["no frame at all", new Uint8Array(0), "head"],
] as const;

test.each(BAD_FRAMES)("%s: no answer, a penalty, and a ban the second time", async (_, bytes, protocol) => {
  const { answerTo, isAlive, hostile, alice, wire } = await attacked();
  expect(await answerTo(bytes, protocol)).toBe("aborted");
  expect(isAlive()).toBe(true);
  expect(await answerTo(bytes, protocol)).toBe("aborted");
  expect(isAlive()).toBe(false);
  await wire.clock.advance(20);
  const dial = () => wire.clock.settle(hostile.dial(alice.transport.addresses[0]!));
  await expect(dial()).rejects.toThrow();
  await wire.clock.advance(600_000);
  await expect(dial()).resolves.toBe(alice.network.device);
});

test("bytes after the question are unsolicited", async () => {
  const { answerTo, isAlive } = await attacked();
  const twice = new Uint8Array(8);
  for (let time = 0; time < 4; time++) await answerTo(twice);
  expect(isAlive()).toBe(true);
  await answerTo(twice);
  expect(isAlive()).toBe(false);
});

test("slow-loris: a byte now and then does not keep a stream", async () => {
  const { open, wire, isAlive } = await attacked();
  const stream = await open("blocks");
  await stream.write(Uint8Array.of(10, 0, 0, 0));
  const trickle = (): void => {
    stream.write(Uint8Array.of(0)).catch(() => undefined);
    wire.clock.after(3000, trickle);
  };
  trickle();
  const ended = frameOf(stream);
  expect(await wire.clock.settle(ended, 10_100)).toBe("aborted");
  expect(isAlive()).toBe(true);
});

test("slow-loris: whoever does not take its answers loses the stream, and in the end the connection", async () => {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  alice.network.serve("blocks", async () => ({ blocks: [new Uint8Array(9_000_000)] }));
  const hostile = await joinHostile(wire, alice);
  for (let time = 0; time < 16; time++) {
    const stream = await wire.clock.settle(hostile.openStream(alice.network.device, "/neuroshard/blocks/1", "small"));
    await stream.write(framed(new Uint8Array(10)));
  }
  await wire.clock.advance(61_000);
  expect(isConnected(alice, hostile.device)).toBe(false);
});

test("a flood of questions is refused with the time to wait, and ends in a ban", async () => {
  const { answerTo, isAlive } = await attacked();
  let refusals = 0;
  for (let sent = 0; sent < 300 && isAlive(); sent++) {
    const answer = await answerTo(framed(new Uint8Array(0)));
    if (answer instanceof Uint8Array && answer[0] === 1) {
      refusals += 1;
      expect(new TextDecoder().decode(answer)).toContain("at most 240 of head are answered in a minute");
    }
  }
  expect(refusals).toBeGreaterThan(15);
  expect(isAlive()).toBe(false);
});

test("a flood of open streams is cut off, and other peers are served meanwhile", async () => {
  const { wire, alice, hostile, open } = await attacked();
  const bob = createTestPeer(wire);
  await connect(wire, bob, alice);
  for (let stream = 0; stream < 40; stream++) await open();
  expect(await wire.clock.settle(bob.network.request(alice.network.device, "head", {}))).toEqual({ height: 5 });
  for (let stream = 0; stream < 15; stream++) await open().catch(() => undefined);
  expect(isConnected(alice, hostile.device)).toBe(false);
  expect(isConnected(alice, bob.network.device)).toBe(true);
});

test("nothing is served before the greeting", async () => {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  alice.network.serve("head", async () => ({ height: 5 }));
  const mute = wire.join();
  mute.handleStreams("/neuroshard/hello/1", () => undefined);
  await wire.clock.settle(mute.dial(alice.transport.addresses[0]!));
  const stream = await wire.clock.settle(mute.openStream(alice.network.device, "/neuroshard/head/1", "small"));
  await stream.write(framed(new Uint8Array(0)));
  await stream.closeWrite();
  const answer = await wire.clock.settle(frameOf(stream));
  expect(answer).toBeInstanceOf(Uint8Array);
  expect(new TextDecoder().decode(answer as Uint8Array)).toContain("not answered before the greeting");
});

test.each([
  ["an unknown kind of answer", framed(Uint8Array.of(7, 1))],
  ["a value that is too short", framed(Uint8Array.of(0, 1, 2))],
  ["a refusal that is none", framed(Uint8Array.of(1, 0, 250))],
  ["more than the protocol allows", framed(new Uint8Array(300))],
])("from a peer that answers with %s: MALFORMED and a penalty", async (_, bytes) => {
  const { wire, alice, hostile } = await attacked();
  hostile.handleStreams("/neuroshard/head/1", async (stream) => {
    await stream.write(bytes);
    await stream.closeWrite();
  });
  const ask = () => wire.clock.settle(alice.network.request(hostile.device, "head", {}));
  await expect(ask()).rejects.toMatchObject({ code: "MALFORMED" });
  await expect(ask()).rejects.toMatchObject({ code: "MALFORMED" });
  expect(isConnected(alice, hostile.device)).toBe(false);
});

test("an answer that goes on after its end is used, and counts against the peer", async () => {
  const { wire, alice, hostile } = await attacked();
  hostile.handleStreams("/neuroshard/head/1", async (stream) => {
    await stream.write(framed(Uint8Array.of(0, 9, 0, 0, 0, 0, 0, 0, 0)));
    await stream.write(new Uint8Array(100));
  });
  const ask = () => wire.clock.settle(alice.network.request(hostile.device, "head", {}));
  for (let time = 0; time < 5; time++) {
    expect(await ask()).toEqual({ height: 9 });
    await wire.clock.advance(20);
  }
  expect(isConnected(alice, hostile.device)).toBe(false);
});

test("after a partition has healed the peers meet again", async () => {
  const { wire, peers } = createTestPeers(2);
  const [alice, bob] = [peers[0]!, peers[1]!];
  bob.network.serve("head", async () => ({ height: 1 }));
  await connect(wire, alice, bob);
  await alice.transport.disconnect(bob.network.device, 0);
  await wire.clock.advance(20);
  expect(alice.network.peers()).toEqual([]);
  await expect(alice.network.request(bob.network.device, "head", {})).rejects.toMatchObject({ code: "UNREACHABLE" });
  await connect(wire, bob, alice);
  expect(await wire.clock.settle(alice.network.request(bob.network.device, "head", {}))).toEqual({ height: 1 });
});
