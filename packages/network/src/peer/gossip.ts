/** Topics: what is gossiped is measured, decoded and judged before it is passed on. Spec: spec/network.md#N7. */
import { type Codec, type DeviceKey, decode, encode } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import type { Verdict } from "../peerNetwork.ts";
import { type MessageOf, TOPICS, type TopicName } from "../topics.ts";
import type { PeerContext } from "./peerContext.ts";
import { PEER_LIMITS } from "./peerLimits.ts";
import { topicIdOf } from "./protocolId.ts";

const SECOND_MS = 1000;

export type TopicHandler<T extends TopicName> = (message: MessageOf<T>, from: DeviceKey) => Promise<Verdict>;

export class Gossip {
  readonly #context: PeerContext;
  readonly #subscribed = new Set<TopicName>();

  constructor(context: PeerContext) {
    this.#context = context;
  }

  /** Throws NetworkError TOO_LARGE. */
  async publish<T extends TopicName>(topic: T, message: MessageOf<T>): Promise<void> {
    const { transport, meter } = this.#context;
    const { message: codec, mostBytes } = TOPICS[topic];
    const bytes = encode(codec as Codec<MessageOf<T>>, message);
    if (bytes.length > mostBytes) {
      throw new NetworkError("TOO_LARGE", `a message of ${topic} has ${bytes.length} bytes; at most ${mostBytes} fit`);
    }
    meter.sentMessage(bytes.length);
    await transport.publish(topicIdOf(topic), bytes);
  }

  subscribe<T extends TopicName>(topic: T, handler: TopicHandler<T>): void {
    if (this.#subscribed.has(topic)) throw new Error(`internal: ${topic} has a handler already`);
    this.#subscribed.add(topic);
    this.#context.transport.subscribe(topicIdOf(topic), (bytes, from) => this.#judge(topic, handler, bytes, from));
  }

  async #judge<T extends TopicName>(
    topic: T,
    handler: TopicHandler<T>,
    bytes: Uint8Array,
    from: DeviceKey,
  ): Promise<Verdict> {
    const { report, meter, isGreeted, onProblem } = this.#context;
    meter.receivedMessage(bytes.length);
    const { message: codec, mostBytes } = TOPICS[topic];
    if (bytes.length > mostBytes) {
      report(from, "oversize");
      return "reject";
    }
    if (!this.#isWithinRate(topic, from)) {
      report(from, "too-many-requests");
      return "ignore";
    }
    if (!(await isGreeted(from))) return "ignore";
    const parsed = decode(codec as Codec<MessageOf<T>>, bytes);
    if (!parsed.ok) {
      report(from, "malformed");
      return "reject";
    }
    try {
      const verdict = await handler(parsed.value, from);
      if (verdict === "reject") report(from, "invalid-message");
      return verdict;
    } catch (error) {
      // Its own fault, not the sender's.
      onProblem(error, from);
      return "ignore";
    }
  }

  #isWithinRate(topic: TopicName, from: DeviceKey): boolean {
    const fillMs = PEER_LIMITS.topicBurstSeconds * SECOND_MS;
    const burst = PEER_LIMITS.topicBurstSeconds * TOPICS[topic].mostPerSecond;
    return this.#context.allowances.take(`topic ${from} ${topic}`, { burst, fillMs }) === 0;
  }
}
