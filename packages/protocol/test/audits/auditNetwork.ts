/** Networks whose trainers and auditors are honest, lazy, silent or false, for tests of audits and of pay. */

import type { AuditRecord, AuditStage } from "../../src/audits/auditRecord.ts";
import { ONE } from "../../src/numbers/decimal.ts";
import type { DraftEvent } from "../../src/transition/events.ts";
import { digestOf, RoundNetwork, type RoundNetworkOptions, segmentsOf } from "../rounds/roundNetwork.ts";

export const NAMES = ["ada", "bea", "cyd", "dan", "eve"];
const STAKE = 100n * ONE;

/** Every contribution is audited. */
export const ALWAYS = {
  "training.audit.AUDIT_PROBABILITY": ONE,
  "training.audit.FAILED_AUDIT_PROBABILITY": ONE,
} as const;
/** And every audit has a second auditor. */
export const TWICE = { ...ALWAYS, "training.audit.SECOND_AUDITOR_PROBABILITY": ONE } as const;
/** A second auditor is as rare as can be. */
export const ONCE = { ...ALWAYS, "training.audit.SECOND_AUDITOR_PROBABILITY": ONE / 100n } as const;

/** Time for silent auditors to be replaced. */
export const LONG_WINDOW = { "training.audit.AUDIT_WINDOW": 28, "economics.staking.UNBONDING": 100 } as const;

export function networkOf(options: Partial<RoundNetworkOptions> = {}): RoundNetwork {
  return new RoundNetwork({ names: NAMES, stake: STAKE, ...options });
}

export type EventOf<K extends DraftEvent["kind"]> = Extract<DraftEvent, { readonly kind: K }>;

/** Events of the blocks while `run` makes them. */
export function eventsDuring(network: RoundNetwork, run: () => void): DraftEvent[] {
  const events: DraftEvent[] = [];
  const { chain } = network;
  const block = chain.block.bind(chain);
  chain.block = (...transactions) => {
    const receipts = block(...transactions);
    for (const { outcome } of chain.last!.receipts) if (outcome.kind === "accepted") events.push(...outcome.events);
    return receipts;
  };
  run();
  chain.block = block;
  return events;
}

export function only<K extends DraftEvent["kind"]>(events: readonly DraftEvent[], kind: K): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** Commits to digests of nothing: it has not trained at all. */
export function liar(network: RoundNetwork, name: string): void {
  network.changes.set(name, (commit) => ({
    ...commit,
    segments: segmentsOf("invented", 0, commit.segments.length),
    endWeights: digestOf("invented 0 weights"),
    endOptimizer: digestOf("invented 0 optimizer"),
    delta: digestOf("invented delta"),
  }));
}

export function auditsInStage({ chain }: RoundNetwork, stage: AuditStage): AuditRecord[] {
  return [...chain.state.tables.audits.entries()].map(([, audit]) => audit).filter((audit) => audit.stage === stage);
}
