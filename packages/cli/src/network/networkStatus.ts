/** What is known of a local network at a moment: what `up` shows, and prints as JSON. */
import type { LossPoint } from "../training/lossCurve.ts";

export interface NodeStatus {
  readonly name: string;
  /** Undefined while it is down. */
  readonly processId: number | undefined;
  readonly address: string | undefined;
  readonly phase: string;
  /** Inner steps done in the present round, and how many its slot has; 0 of 0 without a slot. */
  readonly stepsDone: number;
  readonly steps: number;
  readonly tokensPerSecond: number;
  readonly peers: number;
  /** Of its account: spendable, and pay that is held; base units. */
  readonly account: string;
  readonly balance: bigint;
  readonly held: bigint;
}

export interface NetworkStatus {
  readonly name: string;
  readonly url: string;
  readonly height: number;
  readonly round: number;
  readonly phase: string;
  readonly modelRound: number;
  readonly modelDigest: string | undefined;
  /** Nats; undefined before the first evaluation. */
  readonly validationLoss: number | undefined;
  /** Mean training loss of each finalised round. */
  readonly losses: readonly LossPoint[];
  readonly nodes: readonly NodeStatus[];
}
