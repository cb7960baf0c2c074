/**
 * Pings as libp2p's own are: 32 bytes there and back, counted from when the stream is open. Under a name of their own, since
 * libp2p allows itself only one of its own at a time.
 */
import { randomBytes } from "node:crypto";
import type { ByteStream, Transport } from "@neuroshard/network";
import type { DeviceKey } from "@neuroshard/protocol";

const ECHO_PROTOCOL_ID = "/bench/echo/1";
const PING_BYTES = 32;

export function serveEcho(transport: Transport): void {
  transport.handleStreams(ECHO_PROTOCOL_ID, (stream) => void echo(stream));
}

async function echo(stream: ByteStream): Promise<void> {
  for (let part = await stream.read(); part !== undefined; part = await stream.read()) await stream.write(part);
  await stream.closeWrite();
}

export async function pingMsOf(transport: Transport, peer: DeviceKey): Promise<number> {
  const stream = await transport.openStream(peer, ECHO_PROTOCOL_ID, "small");
  const startMs = performance.now();
  await stream.write(randomBytes(PING_BYTES));
  for (let received = 0; received < PING_BYTES; ) {
    const part = await stream.read();
    if (part === undefined) throw new Error("the peer ended a ping");
    received += part.length;
  }
  const ms = performance.now() - startMs;
  await stream.closeWrite();
  return ms;
}
