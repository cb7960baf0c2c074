/** What the slots of a round and their auditors were paid, and why: as a table. */
import type { RoundView } from "@neuroshard/sdk";
import { ONE } from "@neuroshard/sdk";
import { formatUnits } from "../terminal/formatNeuro.ts";
import { formatCount } from "../terminal/formatQuantity.ts";
import { type Column, formatTable, type TableOptions } from "../terminal/formatTable.ts";

type PayEvent = NonNullable<RoundView["pay"]>["events"][number];
type Rewarded = Extract<PayEvent, { readonly kind: "rewarded" }>;
type Audit = RoundView["audits"][number];

const SHOWN_DIGITS = 16;

const COLUMNS: readonly Column[] = [
  { title: "slot", align: "right" },
  { title: "account" },
  { title: "for" },
  { title: "NEURO", align: "right" },
  { title: "of it held", align: "right" },
  { title: "why" },
];

/** Empty while nothing is known of its pay. */
export function formatRoundPay(view: RoundView, options: TableOptions): string {
  if (view.pay === null) return "";
  const { events } = view.pay;
  const unpaid = view.round.slots.flatMap(({ account, commit, inclusion }, slot) => {
    if (events.some((event) => isOfWork(event) && event.slot === slot)) return [];
    const why = commit === null ? "nothing was committed" : `the contribution was ${inclusion}`;
    return [{ slot, cells: [String(slot), short(account), "training", "0", "", why] }];
  });
  const paid = events.flatMap((event) => {
    const cells = cellsOf(event, view.audits);
    return cells === undefined ? [] : [{ slot: Number(cells[0]), cells }];
  });
  const rows = [...paid, ...unpaid].sort((a, b) => a.slot - b.slot).map(({ cells }) => cells);
  return formatTable(COLUMNS, rows, options);
}

function isOfWork(event: PayEvent): event is Extract<PayEvent, { readonly kind: "rewarded" | "payForfeited" }> {
  return event.kind === "rewarded" || event.kind === "payForfeited";
}

function cellsOf(event: PayEvent, audits: readonly Audit[]): readonly string[] | undefined {
  switch (event.kind) {
    case "rewarded":
      return paidCells(event, "training", describeReward(event, auditOf(event.slot, audits)));
    case "auditRewarded":
      return paidCells(event, "auditing", "found what the audit found");
    case "payForfeited":
      return [
        String(event.slot),
        short(event.account),
        "training",
        "0",
        "",
        describeForfeit(auditOf(event.slot, audits)),
      ];
    default:
      return undefined;
  }
}

interface Paid {
  readonly slot: number;
  readonly account: string;
  readonly amount: string;
  readonly held: string;
}

function paidCells({ slot, account, amount, held }: Paid, purpose: string, why: string): readonly string[] {
  return [String(slot), short(account), purpose, units(amount), held === "0" ? "" : units(held), why];
}

function describeReward(
  { units: steps, rate, multiplier, amount, audits }: Rewarded,
  audit: Audit | undefined,
): string {
  const whole = (BigInt(steps) * BigInt(rate) * BigInt(multiplier)) / ONE;
  const sum = `${formatCount(steps)} steps x ${units(rate)} x ${units(multiplier)}`;
  const cap = BigInt(amount) < whole ? ", as far as the caps allow" : "";
  return `${sum}${cap}; ${describeAudit(audits, audit)}`;
}

function describeAudit(confirmed: number, audit: Audit | undefined): string {
  if (audit === undefined) return "not drawn for an audit";
  if (confirmed > 0) return `confirmed by ${confirmed} ${confirmed === 1 ? "auditor" : "auditors"}`;
  return `audited without an answer (${audit.outcome})`;
}

function describeForfeit(audit: Audit | undefined): string {
  const isOwn = audit !== undefined && audit.outcome !== "honest" && audit.outcome !== "lapsed";
  return isOwn ? `forfeited: its audit ended ${audit.outcome}` : "forfeited: another audit of the device failed";
}

function auditOf(slot: number, audits: readonly Audit[]): Audit | undefined {
  return audits.find((audit) => audit.slot === slot);
}

const units = (amount: string): string => formatUnits(BigInt(amount));
const short = (account: string): string => account.slice(0, SHOWN_DIGITS);
