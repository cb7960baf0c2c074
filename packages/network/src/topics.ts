/** What is gossiped: small things that everybody wants. A closed table; each topic has its schema and its size limit. */
import { bytes, type Codec, signedHeader, struct, type ValueOf } from "@neuroshard/protocol";

export interface Topic<T> {
  readonly message: Codec<T>;
  readonly mostBytes: number;
  /** Messages a second that one peer may send before it counts against it. */
  readonly mostPerSecond: number;
}

const MOST_TRANSACTION_BYTES = 400_000;

export const TOPICS = {
  /** A signed transaction on its way to whoever makes the next block. */
  transactions: {
    message: struct({ transaction: bytes(MOST_TRANSACTION_BYTES) }),
    mostBytes: MOST_TRANSACTION_BYTES + 8,
    mostPerSecond: 200,
  },
  /** A new block is there: whoever wants it asks for it. */
  heads: { message: struct({ head: signedHeader }), mostBytes: 1024, mostPerSecond: 20 },
} as const satisfies { readonly [name: string]: Topic<never> | Topic<unknown> };

export type TopicName = keyof typeof TOPICS;
export type MessageOf<T extends TopicName> = ValueOf<(typeof TOPICS)[T]["message"]>;
