/** Names on the wire, and what they travel on. */
import { PROTOCOLS, type ProtocolName } from "../protocols.ts";
import type { TopicName } from "../topics.ts";

const LARGE_BYTES = 1_048_576;

export const BLOB_PROTOCOL_ID = "/neuroshard/blob/1";

export function protocolIdOf(protocol: ProtocolName): string {
  return `/neuroshard/${protocol}/1`;
}

export function topicIdOf(topic: TopicName): string {
  return `neuroshard/${topic}/1`;
}

/** Large answers travel with the blobs, so that nothing small waits behind them. */
export function purposeOf(protocol: ProtocolName): "small" | "bulk" {
  return PROTOCOLS[protocol].mostResponseBytes > LARGE_BYTES ? "bulk" : "small";
}
