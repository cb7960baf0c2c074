/** A request is answered with a value, or refused with a code and a reason for people. Spec: spec/network.md#N3. */
import { decode, encode, struct, text, u8 } from "@neuroshard/protocol";
import { NetworkError, type NetworkErrorCode } from "../networkError.ts";
import { PEER_LIMITS } from "./peerLimits.ts";

/** First byte of an answer. */
export const ANSWERED = 0;
export const REFUSED = 1;

/** On the wire by its place; new ones go to the end. */
const CODES = [
  "REFUSED",
  "NOT_FOUND",
  "WRONG_NETWORK",
  "OLD_PROTOCOL",
  "NO_ROOM",
] as const satisfies readonly NetworkErrorCode[];

const refusal = struct({ code: u8, reason: text(PEER_LIMITS.mostReasonBytes) });

/** With the byte before it. */
export const MOST_REFUSAL_BYTES = 1 + 1 + 2 + PEER_LIMITS.mostReasonBytes;

export function encodeRefusal(error: NetworkError): Uint8Array {
  const code = Math.max(0, (CODES as readonly string[]).indexOf(error.code));
  return encode(refusal, { code, reason: shortened(error.message) });
}

/** What the other side said, as an error of this one. Undefined where it is malformed. */
export function readRefusal(bytes: Uint8Array): NetworkError | undefined {
  const parsed = decode(refusal, bytes);
  if (!parsed.ok) return undefined;
  return new NetworkError(CODES[parsed.value.code] ?? "REFUSED", printable(parsed.value.reason));
}

/** A stranger's text goes to a terminal: nothing in it may steer that. */
function printable(reason: string): string {
  return reason.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
}

function shortened(reason: string): string {
  const most = PEER_LIMITS.mostReasonBytes;
  const bytes = new TextEncoder().encode(reason.toWellFormed());
  if (bytes.length <= most) return reason.toWellFormed();
  let end = most;
  // Not within a character.
  while ((bytes[end]! & 0xc0) === 0x80) end -= 1;
  return new TextDecoder().decode(bytes.subarray(0, end));
}
