/** What is said on a blob stream. Chunks are not copied into a schema: they are most of all bytes. Spec: spec/network.md#N8. */
import {
  bool,
  count,
  DIGEST_BYTES,
  decode,
  digest,
  encode,
  struct,
  u8,
  u16,
  u32,
  union,
  type ValueOf,
} from "@neuroshard/protocol";
import { PeerFault } from "../peer/peerFault.ts";

/**
 * `open`: the first on a stream, which is about one blob. `take`: chunks from `first` on, which come in order.
 */
const question = union({
  open: struct({ digest, wantsHashes: bool }),
  take: struct({ first: u32, count: u16 }),
});

export type BlobQuestion = ValueOf<typeof question>;

/** On the wire by its place. `busy` and `quota`: ask again later. */
const REASONS = ["not-here", "busy", "quota"] as const;
export type BlobRefusalReason = (typeof REASONS)[number];

export type BlobAnswer =
  | { readonly kind: "opened"; readonly bytes: number }
  | { readonly kind: "hashes"; readonly hashes: readonly Uint8Array[] }
  | { readonly kind: "chunk"; readonly index: number; readonly chunk: Uint8Array }
  | { readonly kind: "refused"; readonly reason: BlobRefusalReason; readonly retryMs: number };

/** First byte of an answer: its place. */
const KINDS = ["opened", "hashes", "chunk", "refused"] as const satisfies readonly BlobAnswer["kind"][];

const opened = struct({ bytes: count });
const refusal = struct({ reason: u8, retryMs: u32 });
const INDEX_BYTES = 4;
/** Of an answer with a chunk, before it. */
export const CHUNK_HEADER_BYTES = 1 + INDEX_BYTES;
export const MOST_SHORT_ANSWER_BYTES = 16;

export function encodeQuestion(asked: BlobQuestion): Uint8Array {
  return encode(question, asked);
}

/** Throws PeerFault `malformed`. */
export function readQuestion(frame: Uint8Array): BlobQuestion {
  const parsed = decode(question, frame);
  if (parsed.ok) return parsed.value;
  throw new PeerFault("malformed", `a question for a blob is malformed: ${parsed.path} ${parsed.reason}`);
}

/** The parts of the frame. */
export function encodeAnswer(answer: BlobAnswer): readonly Uint8Array[] {
  const kind = Uint8Array.of(KINDS.indexOf(answer.kind));
  switch (answer.kind) {
    case "opened":
      return [kind, encode(opened, { bytes: answer.bytes })];
    case "hashes":
      return [kind, ...answer.hashes];
    case "chunk":
      return [kind, encode(u32, answer.index), answer.chunk];
    case "refused":
      return [kind, encode(refusal, { reason: REASONS.indexOf(answer.reason), retryMs: answer.retryMs })];
  }
}

/** Throws PeerFault `malformed`. */
export function readAnswer(frame: Uint8Array): BlobAnswer {
  const kind = KINDS[frame[0] ?? KINDS.length];
  const body = frame.subarray(1);
  switch (kind) {
    case "opened":
      return { kind, ...checked(decode(opened, body)) };
    case "hashes":
      return { kind, hashes: hashesIn(body) };
    case "chunk":
      return { kind, index: checked(decode(u32, body.subarray(0, INDEX_BYTES))), chunk: body.subarray(INDEX_BYTES) };
    case "refused": {
      const { reason, retryMs } = checked(decode(refusal, body));
      return { kind, reason: REASONS[reason] ?? "busy", retryMs };
    }
    default:
      throw new PeerFault("malformed", "an answer on a blob stream is of an unknown kind");
  }
}

function hashesIn(body: Uint8Array): readonly Uint8Array[] {
  if (body.length % DIGEST_BYTES !== 0) throw new PeerFault("malformed", "a list of hashes ends within one");
  return Array.from({ length: body.length / DIGEST_BYTES }, (_, index) =>
    body.slice(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES),
  );
}

function checked<T>(
  parsed: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string },
): T {
  if (parsed.ok) return parsed.value;
  throw new PeerFault("malformed", `an answer on a blob stream is malformed: ${parsed.reason}`);
}
