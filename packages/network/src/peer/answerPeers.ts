/** The answering side of requests: rates, sizes and times first, then the handler. Spec: spec/network.md#N3. */
import { type Codec, type DeviceKey, decode, encode } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import { PROTOCOLS, type ProtocolName, type RequestOf, type ResponseOf } from "../protocols.ts";
import type { ByteStream } from "../transport.ts";
import { within } from "./deadline.ts";
import { FrameReader } from "./frameReader.ts";
import type { PeerContext } from "./peerContext.ts";
import { PeerFault } from "./peerFault.ts";
import { PEER_LIMITS } from "./peerLimits.ts";
import { protocolIdOf } from "./protocolId.ts";
import { ANSWERED, encodeRefusal, REFUSED } from "./refusal.ts";
import { Turnstile } from "./turnstile.ts";
import { writeFrame } from "./writeFrame.ts";

const MINUTE_MS = 60_000;

export type RequestHandler<P extends ProtocolName> = (request: RequestOf<P>, from: DeviceKey) => Promise<ResponseOf<P>>;

/** What goes out: the byte that says what it is, and what it says. */
type Answer = readonly [Uint8Array, Uint8Array];

export class PeerAnswerer {
  readonly #context: PeerContext;
  readonly #turns = new Turnstile(PEER_LIMITS.mostServedStreams);
  readonly #served = new Set<ProtocolName>();

  constructor(context: PeerContext) {
    this.#context = context;
  }

  serve<P extends ProtocolName>(protocol: P, handler: RequestHandler<P>): void {
    if (this.#served.has(protocol)) throw new Error(`internal: ${protocol} is served already`);
    this.#served.add(protocol);
    this.#context.transport.handleStreams(protocolIdOf(protocol), (stream, from) => {
      void this.#serveStream(stream, from, protocol, handler);
    });
  }

  async #serveStream<P extends ProtocolName>(
    stream: ByteStream,
    from: DeviceKey,
    protocol: P,
    handler: RequestHandler<P>,
  ): Promise<void> {
    const { report, transport, meter } = this.#context;
    const leave = this.#turns.tryEnter(from);
    if (leave === undefined) {
      report(from, "too-many-requests");
      stream.abort(new NetworkError("REFUSED", `more than ${PEER_LIMITS.mostServedStreams} streams at a time`));
      return;
    }
    try {
      const reader = new FrameReader(stream, meter.receivedMessage);
      const answer = await this.#answerOf(stream, reader, { from, protocol, handler });
      const { clock } = transport;
      const sending = writeFrame(stream, answer, meter.sentMessage).then(() => stream.closeWrite());
      await within({ clock, stream }, PROTOCOLS[protocol].timeoutMs, sending);
      await within({ clock, stream }, PEER_LIMITS.streamEndMs, reader.end());
    } catch (error) {
      stream.abort(new NetworkError("REFUSED", "the exchange failed"));
      // Anything else is a connection that ended.
      if (error instanceof PeerFault) report(from, error.offence);
    } finally {
      leave();
    }
  }

  async #answerOf<P extends ProtocolName>(
    stream: ByteStream,
    reader: FrameReader,
    asked: { readonly from: DeviceKey; readonly protocol: P; readonly handler: RequestHandler<P> },
  ): Promise<Answer> {
    const { from, protocol, handler } = asked;
    const { transport, onProblem } = this.#context;
    const { clock } = transport;
    const early = await this.#earlyRefusal(from, protocol);
    // What it asked is still read: only then can both sides end the stream in order.
    const { mostRequestBytes, timeoutMs } = PROTOCOLS[protocol];
    const frame = await within({ clock, stream }, PEER_LIMITS.requestArrivalMs, reader.frame(mostRequestBytes));
    if (early !== undefined) return refused(early);
    const request = requestIn(protocol, frame);
    const handlerMs = (timeoutMs * PEER_LIMITS.handlerTimeHundredths) / 100;
    try {
      return answered(protocol, await withinHandler(clock, handlerMs, handler(request, from)));
    } catch (error) {
      if (error instanceof NetworkError) return refused(error);
      onProblem(error, from);
      return refused(new NetworkError("REFUSED", `the peer cannot answer ${protocol} now; ask another one`));
    }
  }

  async #earlyRefusal(from: DeviceKey, protocol: ProtocolName): Promise<NetworkError | undefined> {
    const { allowances, report, isGreeted } = this.#context;
    const { mostPerMinute } = PROTOCOLS[protocol];
    const waitMs = allowances.take(`answer ${from} ${protocol}`, { burst: mostPerMinute, fillMs: MINUTE_MS });
    if (waitMs > 0) {
      report(from, "too-many-requests");
      const most = `at most ${mostPerMinute} of ${protocol} are answered in a minute`;
      return new NetworkError("REFUSED", `${most}; ask again in ${Math.ceil(waitMs / 1000)} s`);
    }
    // Whoever has only an address cannot greet: the genesis tells of which network to be.
    if (protocol === "hello" || protocol === "genesis" || (await isGreeted(from))) return undefined;
    report(from, "unsolicited");
    return new NetworkError("REFUSED", `${protocol} is not answered before the greeting`);
  }
}

function requestIn<P extends ProtocolName>(protocol: P, frame: Uint8Array | undefined): RequestOf<P> {
  if (frame === undefined) throw new PeerFault("malformed", `a stream of ${protocol} has no request`);
  const parsed = decode(PROTOCOLS[protocol].request as Codec<RequestOf<P>>, frame);
  if (parsed.ok) return parsed.value;
  throw new PeerFault("malformed", `a request of ${protocol} is malformed: ${parsed.path} ${parsed.reason}`);
}

/** A slow handler is this node's own fault. */
async function withinHandler<T>(clock: PeerContext["transport"]["clock"], ms: number, work: Promise<T>): Promise<T> {
  try {
    return await within({ clock }, ms, work);
  } catch (error) {
    if (!(error instanceof PeerFault)) throw error;
    throw new NetworkError("REFUSED", `no answer within ${ms / 1000} s; ask another peer`);
  }
}

function answered<P extends ProtocolName>(protocol: P, value: ResponseOf<P>): Answer {
  const body = encode(PROTOCOLS[protocol].response as Codec<ResponseOf<P>>, value);
  const most = PROTOCOLS[protocol].mostResponseBytes;
  if (body.length > most)
    throw new Error(`internal: an answer of ${protocol} has ${body.length} bytes, ${most} allowed`);
  return [Uint8Array.of(ANSWERED), body];
}

function refused(error: NetworkError): Answer {
  return [Uint8Array.of(REFUSED), encodeRefusal(error)];
}
