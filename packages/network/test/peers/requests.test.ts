import { expect, test } from "vitest";
import { NetworkError } from "../../src/networkError.ts";
import { connect, createTestPeers, joinHostile } from "../wire/testPeers.ts";

async function pair() {
  const { wire, peers } = createTestPeers(2);
  const [alice, bob] = [peers[0]!, peers[1]!];
  await connect(wire, alice, bob);
  const ask = (from: number, signal?: AbortSignal) =>
    wire.clock.settle(alice.network.request(bob.network.device, "blocks", { from, most: 2 }, signal));
  return { wire, alice, bob, ask };
}

test("a question is answered with the values of the handler, large ones too", async () => {
  const { bob, alice, ask } = await pair();
  const big = new Uint8Array(5_000_000).fill(3);
  bob.network.serve("blocks", async ({ from, most }, who) => {
    expect(who).toBe(alice.network.device);
    return { blocks: [Uint8Array.of(from, most), big] };
  });
  const { blocks } = await ask(9);
  expect(blocks[0]).toEqual(Uint8Array.of(9, 2));
  expect(blocks[1]?.length).toBe(5_000_000);
  expect(alice.network.traffic().messageBytesReceived).toBeGreaterThan(5_000_000);
  expect(bob.network.traffic().messageBytesSent).toBeGreaterThan(5_000_000);
});

test("what a handler throws is a refusal; only what was meant for peers is told", async () => {
  const { bob, ask } = await pair();
  bob.network.serve("blocks", async ({ from }) => {
    if (from === 1) throw new NetworkError("NOT_FOUND", "these blocks are pruned\u001b[31m");
    throw new Error("cannot read /home/bob/secret");
  });
  await expect(ask(1)).rejects.toMatchObject({ code: "NOT_FOUND", message: "these blocks are pruned?[31m" });
  await expect(ask(2)).rejects.toMatchObject({ code: "REFUSED", message: expect.not.stringContaining("secret") });
  expect(bob.problems).toEqual(["cannot read /home/bob/secret"]);
});

test("nobody there, nobody answering, nobody serving: named errors", async () => {
  const { wire, bob, alice, ask } = await pair();
  await expect(ask(1)).rejects.toMatchObject({ code: "UNREACHABLE" });
  bob.network.serve("blocks", () => new Promise(() => undefined));
  await expect(ask(1)).rejects.toMatchObject({ code: "REFUSED", message: expect.stringContaining("within 54 s") });
  await bob.network.stop();
  await wire.clock.advance(100);
  await expect(ask(1)).rejects.toMatchObject({ code: "UNREACHABLE" });
  expect(alice.network.peers()).toEqual([]);
});

test("a question can be withdrawn", async () => {
  const { bob, wire, alice } = await pair();
  bob.network.serve("blocks", () => new Promise(() => undefined));
  const controller = new AbortController();
  const asked = alice.network.request(bob.network.device, "blocks", { from: 1, most: 1 }, controller.signal);
  asked.catch(() => undefined);
  await wire.clock.advance(100);
  controller.abort(new Error("not any more"));
  await expect(wire.clock.settle(asked, 100)).rejects.toThrow("not any more");
});

test("a question can be withdrawn before its stream is open: then nobody waits for the peer", async () => {
  const { bob, alice } = await pair();
  const controller = new AbortController();
  const asked = alice.network.request(bob.network.device, "head", {}, controller.signal);
  controller.abort(new Error("not any more"));
  // Time stands still: nothing has opened, nothing has answered.
  await expect(asked).rejects.toThrow("not any more");
});

test("a question can be withdrawn while the peer has not greeted", async () => {
  const { wire, peers } = createTestPeers(1);
  const alice = peers[0]!;
  const mute = wire.join();
  mute.handleStreams("/neuroshard/hello/1", () => undefined);
  await wire.clock.settle(mute.dial(alice.transport.addresses[0]!));
  const controller = new AbortController();
  const asked = alice.network.request(mute.device, "head", {}, controller.signal);
  controller.abort(new Error("not any more"));
  await expect(asked).rejects.toThrow("not any more");
});

test("an answer that is too slow in coming ends the wait, and the peer that trickles it pays", async () => {
  const { wire, peers } = createTestPeers(1);
  const alice = peers[0]!;
  const slow = await joinHostile(wire, alice);
  slow.handleStreams("/neuroshard/head/1", async (stream) => {
    await stream.write(Uint8Array.of(9, 0, 0, 0));
    const trickle = (): void => {
      stream.write(Uint8Array.of(0)).catch(() => undefined);
      wire.clock.after(1500, trickle);
    };
    trickle();
  });
  const asked = alice.network.request(slow.device, "head", {});
  await expect(wire.clock.settle(asked, 10_100)).rejects.toMatchObject({ code: "TOO_SLOW" });
});

test("a node keeps to the rates of its peers by waiting, and is never refused", async () => {
  const { wire, bob, alice } = await pair();
  let served = 0;
  bob.network.serve("head", async () => ({ height: ++served }));
  const asked = Array.from({ length: 400 }, () => alice.network.request(bob.network.device, "head", {}));
  const heights = await wire.clock.settle(Promise.all(asked));
  expect(heights).toHaveLength(400);
  expect(wire.clock.nowMs()).toBeGreaterThan(60_000);
  expect(bob.network.peers()).toHaveLength(1);
});
