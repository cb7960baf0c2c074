/** What the accounts of this machine have earned together, and the newest amounts with what they were for. */
import type { EarningReason, EarningsView, NetworkMapView, NodeView } from "@neuroshard/sdk";

export interface OwnReason extends EarningReason {
  readonly address: string;
}

export interface OwnEarnings {
  /** Base units. */
  readonly last24h: bigint;
  readonly total: bigint;
  readonly training: bigint;
  readonly audits: bigint;
  readonly uptime: bigint;
  readonly slashed: bigint;
  /** The newest first. */
  readonly reasons: readonly OwnReason[];
}

/** More are not asked for one by one. */
const MOST_ACCOUNTS = 8;

/** Accounts of devices on this machine, and of the node itself. */
export function ownAccounts(node: NodeView, { devices }: NetworkMapView): readonly string[] {
  const local = devices.filter(({ name, isSelf }) => name !== null || isSelf).map(({ account }) => account);
  return [...new Set([...(node.account === null ? [] : [node.account]), ...local])].slice(0, MOST_ACCOUNTS);
}

export function ownEarnings(views: readonly EarningsView[]): OwnEarnings {
  const sum = (read: (view: EarningsView) => string): bigint =>
    views.reduce((total, view) => total + BigInt(read(view)), 0n);
  const [training, audits, uptime] = [
    sum(({ total }) => total.training),
    sum(({ total }) => total.audits),
    sum(({ total }) => total.uptime),
  ];
  const reasons = views.flatMap(({ address, reasons: { items } }) => items.map((item) => ({ ...item, address })));
  return {
    last24h: sum((view) => view.last24h),
    total: training + audits + uptime + sum(({ total }) => total.other),
    ...{ training, audits, uptime },
    slashed: sum(({ total }) => total.slashed),
    reasons: reasons.sort((a, b) => b.height - a.height),
  };
}
