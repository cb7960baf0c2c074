/**
 * Gives blobs to peers: one stream is about one blob. What a peer may take in a minute and how many streams it may have is
 * bounded for each peer, so that no one keeps the others waiting. Spec: spec/network.md#N9.
 */
import { CHUNK_BYTES, chunkCountOf, type DeviceKey, type Digest } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import { within } from "../peer/deadline.ts";
import { FrameReader } from "../peer/frameReader.ts";
import type { PeerContext } from "../peer/peerContext.ts";
import { PeerFault } from "../peer/peerFault.ts";
import { PEER_LIMITS } from "../peer/peerLimits.ts";
import { BLOB_PROTOCOL_ID } from "../peer/protocolId.ts";
import { Turnstile } from "../peer/turnstile.ts";
import { writeFrame } from "../peer/writeFrame.ts";
import type { BlobDepot } from "../peerNetwork.ts";
import type { ByteStream } from "../transport.ts";
import { type BlobAnswer, type BlobRefusalReason, encodeAnswer, readQuestion } from "./blobFrames.ts";
import { BLOB_LIMITS } from "./blobLimits.ts";

const MINUTE_MS = 60_000;
/** After a refusal for want of quota a source waits until this part of a minute's is there again. */
const QUOTA_SHARE = 64;
const EVERYBODY = "all";

export interface UploadOptions {
  /** Absent: BLOB_LIMITS. */
  readonly uploadBytesPerMinute?: number;
}

interface Upload {
  readonly stream: ByteStream;
  readonly reader: FrameReader;
  readonly from: DeviceKey;
  /** Of the blob that the stream is about. */
  blob?: { readonly digest: Digest; readonly bytes: number };
}

export class BlobServer {
  readonly #context: PeerContext;
  readonly #depot: BlobDepot;
  readonly #bytesPerMinute: number;
  readonly #ofOnePeer = new Turnstile(BLOB_LIMITS.uploadsOfOnePeer);
  readonly #ofAll = new Turnstile(BLOB_LIMITS.uploadsOfAll);

  constructor(context: PeerContext, depot: BlobDepot, options: UploadOptions) {
    this.#context = context;
    this.#depot = depot;
    this.#bytesPerMinute = options.uploadBytesPerMinute ?? BLOB_LIMITS.uploadBytesPerMinute;
  }

  start(): void {
    this.#context.transport.handleStreams(BLOB_PROTOCOL_ID, (stream, from) => {
      void this.#serveStream(stream, from);
    });
  }

  async #serveStream(stream: ByteStream, from: DeviceKey): Promise<void> {
    const leavePeer = this.#ofOnePeer.tryEnter(from);
    const leaveAll = leavePeer && this.#ofAll.tryEnter(EVERYBODY);
    const upload: Upload = { stream, from, reader: new FrameReader(stream, this.#context.meter.receivedBlob) };
    try {
      if (!(await this.#mayAsk(from))) throw new NetworkError("REFUSED", "too often, or before the greeting");
      if (leaveAll === undefined) await this.#refuse(upload, "busy", BLOB_LIMITS.busyRetryMs);
      else await this.#converse(upload);
    } catch (error) {
      stream.abort(new NetworkError("REFUSED", "the transfer failed"));
      if (error instanceof PeerFault) this.#context.report(from, error.offence);
      // A connection that ended is nobody's problem.
      else if (error instanceof DepotFault) this.#context.onProblem(error.cause, from);
    } finally {
      leaveAll?.();
      leavePeer?.();
    }
  }

  async #mayAsk(from: DeviceKey): Promise<boolean> {
    const { allowances, report, isGreeted } = this.#context;
    const rate = { burst: BLOB_LIMITS.openingsPerMinute, fillMs: MINUTE_MS };
    if (allowances.take(`blobs ${from}`, rate) > 0) {
      report(from, "too-many-requests");
      return false;
    }
    if (await isGreeted(from)) return true;
    report(from, "unsolicited");
    return false;
  }

  async #converse(upload: Upload): Promise<void> {
    const { stream, reader } = upload;
    const { clock } = this.#context.transport;
    let goesOn = true;
    while (goesOn) {
      const frame = await within({ clock, stream }, BLOB_LIMITS.idleMs, reader.frame(BLOB_LIMITS.mostQuestionBytes));
      if (frame === undefined) {
        await stream.closeWrite();
        return;
      }
      const asked = readQuestion(frame);
      goesOn = asked.kind === "open" ? await this.#open(upload, asked) : await this.#give(upload, asked);
    }
  }

  /** False: the stream has ended. */
  async #open(upload: Upload, asked: { readonly digest: Digest; readonly wantsHashes: boolean }): Promise<boolean> {
    if (upload.blob !== undefined) throw new PeerFault("malformed", "a stream is about one blob");
    const description = await ofDepot(this.#depot.describe(asked.digest));
    if (description === undefined || description.bytes > BLOB_LIMITS.mostBlobBytes) {
      await this.#refuse(upload, "not-here", 0);
      return false;
    }
    const { bytes, hashes } = description;
    upload.blob = { digest: asked.digest, bytes };
    await this.#send(upload, { kind: "opened", bytes });
    if (asked.wantsHashes) await this.#send(upload, { kind: "hashes", hashes });
    return true;
  }

  async #give(upload: Upload, { first, count }: { readonly first: number; readonly count: number }): Promise<boolean> {
    const { blob, from } = upload;
    if (blob === undefined) throw new PeerFault("malformed", "chunks are asked for before their blob");
    if (count === 0 || count > BLOB_LIMITS.mostTakenChunks || first + count > chunkCountOf(blob.bytes)) {
      throw new PeerFault("malformed", `${count} chunks from ${first} on are not in the blob, or too many at a time`);
    }
    for (let index = first; index < first + count; index++) {
      const rate = { burst: this.#bytesPerMinute, fillMs: MINUTE_MS };
      if (this.#context.allowances.take(`upload ${from}`, rate, CHUNK_BYTES) > 0) {
        await this.#refuse(upload, "quota", Math.ceil(MINUTE_MS / QUOTA_SHARE));
        return false;
      }
      const chunk = await ofDepot(this.#depot.readChunk(blob.digest, index));
      if (chunk === undefined) {
        // Removed meanwhile.
        await this.#refuse(upload, "not-here", 0);
        return false;
      }
      await this.#send(upload, { kind: "chunk", index, chunk });
    }
    return true;
  }

  /** Whatever was asked besides is dropped: the other side asks again, on another stream. */
  async #refuse(upload: Upload, reason: BlobRefusalReason, retryMs: number): Promise<void> {
    const { stream, reader } = upload;
    const { clock } = this.#context.transport;
    await this.#send(upload, { kind: "refused", reason, retryMs });
    await stream.closeWrite();
    const drained = async (): Promise<void> => {
      while ((await reader.frame(BLOB_LIMITS.mostQuestionBytes)) !== undefined);
    };
    await within({ clock, stream }, PEER_LIMITS.streamEndMs, drained());
  }

  async #send({ stream }: Upload, answer: BlobAnswer): Promise<void> {
    const { meter, transport } = this.#context;
    const sending = writeFrame(stream, encodeAnswer(answer), meter.sentBlob);
    await within({ clock: transport.clock, stream }, BLOB_LIMITS.chunkMs, sending);
  }
}

/** The disk failed, not the peer. */
class DepotFault extends Error {}

async function ofDepot<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new DepotFault("the depot failed", { cause });
  }
}
