/** The asking side of requests: keeps to the rates of the other side, and gives up in time. Spec: spec/network.md#N3. */
import { type Codec, type DeviceKey, decode, encode } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import { PROTOCOLS, type ProtocolName, type RequestOf, type ResponseOf } from "../protocols.ts";
import type { ByteStream } from "../transport.ts";
import { pause, unlessAborted, within } from "./deadline.ts";
import { FrameReader } from "./frameReader.ts";
import type { PeerContext } from "./peerContext.ts";
import { PeerFault } from "./peerFault.ts";
import { PEER_LIMITS } from "./peerLimits.ts";
import { protocolIdOf, purposeOf } from "./protocolId.ts";
import { ANSWERED, MOST_REFUSAL_BYTES, REFUSED, readRefusal } from "./refusal.ts";
import { Turnstile } from "./turnstile.ts";
import { writeFrame } from "./writeFrame.ts";

const MINUTE_MS = 60_000;

export class PeerAsker {
  readonly #context: PeerContext;
  readonly #turns = new Turnstile(PEER_LIMITS.mostOwnStreams);

  constructor(context: PeerContext) {
    this.#context = context;
  }

  /** Throws NetworkError UNREACHABLE, TOO_SLOW, MALFORMED, what the peer refuses with, or the signal's reason. */
  async ask<P extends ProtocolName>(
    peer: DeviceKey,
    protocol: P,
    request: RequestOf<P>,
    signal?: AbortSignal,
  ): Promise<ResponseOf<P>> {
    const { transport, allowances } = this.#context;
    const leave = await this.#turns.enter(peer, signal);
    try {
      const burst = Math.max(1, Math.floor((PROTOCOLS[protocol].mostPerMinute * PEER_LIMITS.ownRateHundredths) / 100));
      const take = (): number => allowances.take(`ask ${peer} ${protocol}`, { burst, fillMs: MINUTE_MS });
      for (let waitMs = take(); waitMs > 0; waitMs = take()) await pause(transport.clock, waitMs, signal);
      return await this.#exchange(peer, protocol, request, signal);
    } catch (error) {
      throw this.#judged(error, peer, signal);
    } finally {
      leave();
    }
  }

  async #exchange<P extends ProtocolName>(
    peer: DeviceKey,
    protocol: P,
    request: RequestOf<P>,
    signal: AbortSignal | undefined,
  ): Promise<ResponseOf<P>> {
    const { transport, meter } = this.#context;
    const { timeoutMs } = PROTOCOLS[protocol];
    const { clock } = transport;
    const opening = transport.openStream(peer, protocolIdOf(protocol), purposeOf(protocol));
    const stream = await unlessAborted(signal, within({ clock }, timeoutMs, opening)).catch((error: unknown) => {
      // It may still open: nobody will use it.
      opening
        .then((late) => late.abort(new NetworkError("REFUSED", "the question was withdrawn")))
        .catch(() => undefined);
      throw error;
    });
    const abort = (): void => stream.abort(new NetworkError("REFUSED", "the question was withdrawn"));
    signal?.addEventListener("abort", abort);
    try {
      const reader = new FrameReader(stream, meter.receivedMessage);
      const body = encode(PROTOCOLS[protocol].request as Codec<RequestOf<P>>, request);
      const answer = await within({ clock, stream }, timeoutMs, this.#converse(stream, reader, protocol, body));
      this.#awaitEnd(stream, reader, peer);
      return valueIn(protocol, answer);
    } catch (error) {
      stream.abort(new NetworkError("REFUSED", "the exchange failed"));
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  async #converse(
    stream: ByteStream,
    reader: FrameReader,
    protocol: ProtocolName,
    body: Uint8Array,
  ): Promise<Uint8Array> {
    await writeFrame(stream, [body], this.#context.meter.sentMessage);
    await stream.closeWrite();
    const answer = await reader.frame(Math.max(MOST_REFUSAL_BYTES, 1 + PROTOCOLS[protocol].mostResponseBytes));
    if (answer === undefined) throw new NetworkError("UNREACHABLE", "the peer ended the stream without an answer");
    return answer;
  }

  /** The answer is used already; what follows it can only count against the peer. */
  #awaitEnd(stream: ByteStream, reader: FrameReader, peer: DeviceKey): void {
    const { clock } = this.#context.transport;
    within({ clock, stream }, PEER_LIMITS.streamEndMs, reader.end()).catch((error: unknown) => {
      stream.abort(new NetworkError("REFUSED", "the exchange is over"));
      if (error instanceof PeerFault) this.#context.report(peer, error.offence);
    });
  }

  #judged(error: unknown, peer: DeviceKey, signal: AbortSignal | undefined): unknown {
    if (signal?.aborted) return signal.reason;
    if (error instanceof PeerFault) this.#context.report(peer, error.offence);
    if (error instanceof NetworkError) return error;
    return new NetworkError("UNREACHABLE", `peer ${peer.slice(0, 12)} is gone; ask another one`, { cause: error });
  }
}

function valueIn<P extends ProtocolName>(protocol: P, answer: Uint8Array): ResponseOf<P> {
  const body = answer.subarray(1);
  if (answer[0] === REFUSED) {
    const refusal = readRefusal(body);
    if (refusal !== undefined) throw refusal;
  }
  const parsed = decode(PROTOCOLS[protocol].response as Codec<ResponseOf<P>>, body);
  if (answer[0] !== ANSWERED || !parsed.ok) {
    const reason = parsed.ok ? "it is of an unknown kind" : `${parsed.path} ${parsed.reason}`.trim();
    throw new PeerFault("malformed", `the answer to ${protocol} is malformed: ${reason}`);
  }
  return parsed.value;
}
