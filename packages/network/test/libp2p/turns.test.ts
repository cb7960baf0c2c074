/** What a node takes in between two turns of its event loop, however much lies in its sockets. */
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { LIBP2P_LIMITS } from "../../src/index.ts";
import { createLibp2pTransport } from "../../src/libp2p/createLibp2pTransport.ts";

const MEBIBYTE = 1_048_576;
const PARTS = 24;
/** Of a socket. */
const READ_BYTES = 65_536;

const open = () =>
  createLibp2pTransport({
    deviceSecret: randomBytes(32),
    networkId: "ab".repeat(32),
    listen: ["/ip4/127.0.0.1/tcp/0"],
  });

test("a bulk stream brings no more in one turn than its share and a frame that was under way", async () => {
  const [giver, taker] = await Promise.all([open(), open()]);
  giver.handleStreams("/test/bulk/1", (stream) => {
    void (async () => {
      for (let part = 0; part < PARTS; part++) await stream.write(new Uint8Array(MEBIBYTE));
      await stream.closeWrite();
    })();
  });
  await taker.dial(giver.addresses[0]!);
  const stream = await taker.openStream(giver.device, "/test/bulk/1", "bulk");
  const turns = [0];
  let isRunning = true;
  const nextTurn = (): void => {
    turns.push(0);
    if (isRunning) setImmediate(nextTurn);
  };
  setImmediate(nextTurn);
  for (let part = await stream.read(); part !== undefined; part = await stream.read()) {
    turns[turns.length - 1]! += part.length;
  }
  isRunning = false;
  await Promise.all([giver.stop(), taker.stop()]);
  expect(turns.reduce((sum, bytes) => sum + bytes)).toBe(PARTS * MEBIBYTE);
  const { bytesPerTurn, writePieceBytes } = LIBP2P_LIMITS;
  // One read goes beyond the share, and one waits in the socket that is resumed.
  expect(Math.max(...turns)).toBeLessThanOrEqual(bytesPerTurn + writePieceBytes + 2 * READ_BYTES);
});
