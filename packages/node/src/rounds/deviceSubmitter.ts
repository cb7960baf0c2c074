/**
 * Transactions that a device signs: in the order of its nonces, each sent after every block until the chain has it or
 * refuses it. Nothing is kept on the disk: the nonce comes from the state, and who owes something asks again.
 */
import {
  type AccountKey,
  type Digest,
  paramsAt,
  type SignatureScheme,
  type State,
  signTransaction,
} from "@neuroshard/protocol";
import type { Submission } from "../chain/chain.ts";
import type { WorkBody } from "./roundPorts.ts";

export interface DeviceSubmitterOptions {
  readonly networkId: Digest;
  readonly scheme: SignatureScheme;
  /** Of the device. */
  readonly key: AccountKey;
  /** After the last block. */
  readonly state: () => State;
  /** Returns how to end it. */
  readonly subscribe: (listener: () => void) => () => void;
  /** To the pool of this node and to its peers. */
  readonly send: (bytes: Uint8Array) => Submission;
  /** The chain refuses what is no matter of time. */
  readonly onRefusal: (kind: WorkBody["kind"], code: string) => void;
}

export interface DeviceSubmitter {
  /** The same body again while it is under way changes nothing. */
  submit(body: WorkBody): void;
  stop(): void;
}

interface Sent {
  readonly body: WorkBody;
  readonly text: string;
  readonly nonce: number;
  readonly lastHeight: number;
  readonly bytes: Uint8Array;
}

const VALID_BLOCKS = 50;
const MOST_UNDER_WAY = 256;
/** Somebody was faster, or the moment is over; whoever still owes it sees that in the state. */
const MATTERS_OF_TIME: readonly string[] = [
  "NONCE_STALE",
  "NONCE_FUTURE",
  "ROUND_UNKNOWN",
  "ROUND_PHASE",
  "ALREADY_COMMITTED",
  "ALREADY_ATTESTED",
  "EPOCH_CLOSED",
  "AUDIT_UNKNOWN",
  "AUDIT_STAGE",
  "NOT_AN_AUDITOR",
  "TRANSACTION_EXPIRED",
  "DEVICE_UNKNOWN",
];

export function createDeviceSubmitter(options: DeviceSubmitterOptions): DeviceSubmitter {
  const { networkId, scheme, key, state, send } = options;
  let underWay: readonly Sent[] = [];

  const nonceNow = (): number => state().tables.accounts.get(key.account)?.nonce ?? 0;

  function sign(body: WorkBody, nonce: number): Sent {
    const { height } = state().cells.head;
    const lifetime = paramsAt(state(), height + 1).get("network.limits.MAX_TRANSACTION_LIFETIME");
    const lastHeight = height + Math.min(VALID_BLOCKS, lifetime);
    const { bytes } = signTransaction({ networkId, nonce, lastHeight, body }, key, scheme);
    return { body, text: JSON.stringify(body), nonce, lastHeight, bytes };
  }

  /** Whether it may still come into a block. */
  function isTaken({ body, bytes }: Sent): boolean {
    const answer = send(bytes);
    if (answer.kind !== "rejected") return true;
    if (!MATTERS_OF_TIME.includes(answer.code)) options.onRefusal(body.kind, answer.code);
    return false;
  }

  /** What is left moves up to the nonces that are next. */
  function sendAgain(): void {
    const { height } = state().cells.head;
    const first = nonceNow();
    const left: Sent[] = [];
    for (const sent of underWay) {
      if (sent.nonce < first) continue;
      const nonce = first + left.length;
      const isGood = sent.nonce === nonce && sent.lastHeight > height;
      const again = isGood ? sent : sign(sent.body, nonce);
      if (isTaken(again)) left.push(again);
    }
    underWay = left;
  }

  const stop = options.subscribe(sendAgain);
  return {
    submit(body) {
      const text = JSON.stringify(body);
      if (underWay.some((sent) => sent.text === text) || underWay.length >= MOST_UNDER_WAY) return;
      const sent = sign(body, nonceNow() + underWay.length);
      if (isTaken(sent)) underWay = [...underWay, sent];
    },
    stop,
  };
}
