/**
 * Transactions between peers. What is submitted here goes to everybody; what comes is tried on the state of the next
 * block, and only what would be accepted is passed on. Gossip may lose one, so one's own are sent again until they have
 * their block.
 */
import type { PeerNetwork, Verdict } from "@neuroshard/network";
import type { Digest } from "@neuroshard/protocol";
import type { Chain, Submission } from "../chain/chain.ts";

/** Wrong for everybody and for ever, so whoever passes it on has not looked. */
const WRONG_FOR_EVERYBODY: readonly string[] = ["MALFORMED", "WRONG_NETWORK", "BAD_SIGNATURE"];

/** Blocks after which an own transaction that still waits is sent again. */
const REPEAT_BLOCKS = 4;
const MOST_REPEATED = 4096;

export interface TransactionRelay {
  /** As `Chain.submit`; what is taken goes to the peers. */
  submit(bytes: Uint8Array): Submission;
  /** Whatever comes from peers, also what is not taken. */
  hear(listener: (bytes: Uint8Array) => void): void;
  stop(): void;
}

interface Own {
  readonly bytes: Uint8Array;
  sentAtHeight: number;
}

export function relayTransactions(network: PeerNetwork, chain: Chain): TransactionRelay {
  const own = new Map<Digest, Own>();
  const listeners = new Set<(bytes: Uint8Array) => void>();

  function send(bytes: Uint8Array): void {
    // Nobody to send it to, or sent already: it is sent again while it waits.
    network.publish("transactions", { transaction: bytes }).catch(() => undefined);
  }

  function repeat(): void {
    const { height } = chain.head();
    for (const [id, waiting] of own) {
      if (!chain.mempool.has(id)) own.delete(id);
      else if (height - waiting.sentAtHeight >= REPEAT_BLOCKS) {
        waiting.sentAtHeight = height;
        send(waiting.bytes);
      }
    }
  }

  network.subscribe("transactions", async ({ transaction }) => {
    const verdict = verdictOf(chain.submit(transaction));
    for (const listener of listeners) listener(transaction);
    return verdict;
  });
  const stop = chain.subscribe(repeat);
  return {
    submit(bytes) {
      const answer = chain.submit(bytes);
      if (answer.kind === "pending" && !answer.isKnown) {
        if (own.size < MOST_REPEATED) own.set(answer.transactionId, { bytes, sentAtHeight: chain.head().height });
        send(bytes);
      }
      return answer;
    },
    hear: (listener) => listeners.add(listener),
    stop,
  };
}

/** A nonce that is too early or known, an empty balance: here and now, so it is not passed on, and nobody's fault. */
function verdictOf(answer: Submission): Verdict {
  if (answer.kind === "pending") return answer.isKnown ? "ignore" : "accept";
  if (answer.kind === "rejected" && WRONG_FOR_EVERYBODY.includes(answer.code)) return "reject";
  return "ignore";
}
