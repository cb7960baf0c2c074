/** The asking side of one blob stream. What comes is checked for shape and order here; hashes are the caller's. */
import { CHUNK_BYTES, chunkCountOf, type DeviceKey, DIGEST_BYTES, type Digest } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import { within } from "../peer/deadline.ts";
import { FrameReader } from "../peer/frameReader.ts";
import type { PeerContext } from "../peer/peerContext.ts";
import { PeerFault } from "../peer/peerFault.ts";
import { BLOB_PROTOCOL_ID } from "../peer/protocolId.ts";
import { writeFrame } from "../peer/writeFrame.ts";
import type { ByteStream } from "../transport.ts";
import {
  type BlobAnswer,
  type BlobQuestion,
  type BlobRefusalReason,
  CHUNK_HEADER_BYTES,
  encodeQuestion,
  MOST_SHORT_ANSWER_BYTES,
  readAnswer,
} from "./blobFrames.ts";
import { BLOB_LIMITS } from "./blobLimits.ts";

/** The source does not give it, or not now. It has done nothing wrong. */
export class BlobRefusal extends Error {
  readonly reason: BlobRefusalReason;
  readonly retryMs: number;

  constructor(reason: BlobRefusalReason, retryMs: number) {
    super(`the source refuses: ${reason}`);
    this.name = "BlobRefusal";
    this.reason = reason;
    this.retryMs = retryMs;
  }
}

export class BlobSource {
  readonly #context: PeerContext;
  readonly #stream: ByteStream;
  readonly #reader: FrameReader;
  /** Asked for and not yet here, in the order in which they come. */
  readonly #owed: number[] = [];

  private constructor(context: PeerContext, stream: ByteStream) {
    this.#context = context;
    this.#stream = stream;
    this.#reader = new FrameReader(stream, context.meter.receivedBlob);
  }

  static async connect(context: PeerContext, peer: DeviceKey): Promise<BlobSource> {
    const { transport } = context;
    const opening = transport.openStream(peer, BLOB_PROTOCOL_ID, "bulk");
    return new BlobSource(context, await within({ clock: transport.clock }, BLOB_LIMITS.openMs, opening));
  }

  get owed(): readonly number[] {
    return this.#owed;
  }

  /** Length of the blob. Throws BlobRefusal and PeerFault. */
  async open(digest: Digest, wantsHashes: boolean): Promise<number> {
    await this.#ask({ kind: "open", digest, wantsHashes });
    const answer = await this.#answer(BLOB_LIMITS.openMs, MOST_SHORT_ANSWER_BYTES);
    if (answer.kind !== "opened") throw unexpected(answer);
    return answer.bytes;
  }

  /** Leaf hashes, where the opening asked for them. */
  async hashes(bytes: number): Promise<readonly Uint8Array[]> {
    const chunks = chunkCountOf(bytes);
    const answer = await this.#answer(BLOB_LIMITS.openMs, Math.max(MOST_SHORT_ANSWER_BYTES, 1 + chunks * DIGEST_BYTES));
    if (answer.kind !== "hashes") throw unexpected(answer);
    if (answer.hashes.length !== chunks) {
      throw new PeerFault("wrong-digest", `${answer.hashes.length} hashes came for ${chunks} chunks`);
    }
    return answer.hashes;
  }

  async take(first: number, count: number): Promise<void> {
    for (let index = first; index < first + count; index++) this.#owed.push(index);
    await this.#ask({ kind: "take", first, count });
  }

  /** The next of those that were asked for. Throws BlobRefusal and PeerFault. */
  async next(): Promise<{ readonly index: number; readonly chunk: Uint8Array }> {
    const answer = await this.#answer(BLOB_LIMITS.chunkMs, CHUNK_HEADER_BYTES + CHUNK_BYTES);
    if (answer.kind !== "chunk" || answer.index !== this.#owed[0]) throw unexpected(answer);
    this.#owed.shift();
    return answer;
  }

  /** In order: nothing is owed any more. */
  async close(): Promise<void> {
    await this.#stream.closeWrite();
    const { clock } = this.#context.transport;
    await within({ clock, stream: this.#stream }, BLOB_LIMITS.openMs, this.#reader.end());
  }

  abort(): void {
    this.#stream.abort(new NetworkError("REFUSED", "the transfer is over"));
  }

  async #ask(asked: BlobQuestion): Promise<void> {
    const sending = writeFrame(this.#stream, [encodeQuestion(asked)], this.#context.meter.sentBlob);
    await within({ clock: this.#context.transport.clock, stream: this.#stream }, BLOB_LIMITS.openMs, sending);
  }

  async #answer(ms: number, mostBytes: number): Promise<BlobAnswer> {
    const { clock } = this.#context.transport;
    const frame = await within({ clock, stream: this.#stream }, ms, this.#reader.frame(mostBytes));
    if (frame === undefined) throw new NetworkError("UNREACHABLE", "the source ended the stream");
    const answer = readAnswer(frame);
    if (answer.kind === "refused") throw new BlobRefusal(answer.reason, answer.retryMs);
    return answer;
  }
}

function unexpected(answer: BlobAnswer): PeerFault {
  const what = answer.kind === "chunk" ? `chunk ${answer.index}` : `an answer "${answer.kind}"`;
  return new PeerFault("unsolicited", `${what} came, which nobody asked for`);
}
