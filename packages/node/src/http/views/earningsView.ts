/** What an account has earned by day, and a page of the reasons: round, slot and audit behind each amount. */
import { type AccountId, formatAddress, formatDecimal, type State, slotKey } from "@neuroshard/protocol";
import { type EarningReason, type EarningsView, USUAL_PAGE_ITEMS } from "@neuroshard/sdk/api";
import type { Chain } from "../../chain/chain.ts";
import type { Place } from "../../chain/store/place.ts";
import { type Earning, earningsIn } from "../../operation/earningEvents.ts";
import type { AccountEarnings, Sums } from "../../operation/earningsBook.ts";
import { placeIn } from "./historyPage.ts";

export interface EarningsQuery {
  readonly days?: number;
  readonly limit?: number;
  readonly before?: string;
}

const USUAL_DAYS = 30;
/** Receipts of an account that one page looks at; most of them are about other things. */
const MOST_RECEIPTS = 512;
const RECEIPTS_AT_ONCE = 64;

export function earningsView(
  chain: Chain,
  account: AccountId,
  earnings: AccountEarnings,
  query: EarningsQuery,
): EarningsView {
  const { height, days, total, last24h, isComplete } = earnings;
  return {
    address: formatAddress(account),
    height,
    perDay: [...days]
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .slice(0, query.days ?? USUAL_DAYS)
      .map(([day, sums]) => ({ day, ...sumsView(sums) })),
    last24h: String(last24h),
    total: sumsView(total),
    sinceHeight: chain.firstHeight(),
    isComplete,
    reasons: reasonsPage(chain, account, query),
  };
}

function sumsView({ training, audits, uptime, other, slashed }: Sums) {
  const texts = { training: String(training), audits: String(audits), uptime: String(uptime) };
  return { ...texts, other: String(other), slashed: String(slashed) };
}

function reasonsPage(
  chain: Chain,
  account: AccountId,
  { limit = USUAL_PAGE_ITEMS, before }: EarningsQuery,
): EarningsView["reasons"] {
  const items: EarningReason[] = [];
  let place: Place | undefined = placeIn(before);
  for (let read = 0; read < MOST_RECEIPTS; read += RECEIPTS_AT_ONCE) {
    const history = chain.history(account, { before: place, limit: RECEIPTS_AT_ONCE });
    for (const { height, index, receipt, timeMs } of history) {
      place = { height, index };
      const earnings = earningsIn(receipt, account);
      // The newest first, within a block too.
      items.push(...earnings.toReversed().map((earning) => reasonView(chain.state, earning, { height, timeMs })));
      if (items.length >= limit) return { items, next: `${height}-${index}` };
    }
    if (history.length < RECEIPTS_AT_ONCE) return { items, next: null };
  }
  return { items, next: place === undefined ? null : `${place.height}-${place.index}` };
}

function reasonView(
  state: State,
  { kind, amount, held, event }: Earning,
  when: { readonly height: number; readonly timeMs: number },
): EarningReason {
  const round = "round" in event ? event.round : null;
  const slot = "slot" in event ? event.slot : null;
  return {
    ...when,
    ...{ kind, amount: String(amount), held: String(held), round, slot },
    work: workOf(event),
    audit: round === null || slot === null ? null : auditOf(state, { round, slot }, event),
  };
}

function workOf(event: Earning["event"]): EarningReason["work"] {
  if (event.kind !== "rewarded") return null;
  const { device, commit, units, rate, multiplier } = event;
  return { device, commit, units, rate: String(rate), multiplier: formatDecimal(multiplier) };
}

/** From the audit itself while the state has it; afterwards a reward still says how many confirmed it. */
function auditOf(
  { tables }: State,
  { round, slot }: { readonly round: number; readonly slot: number },
  event: Earning["event"],
): EarningReason["audit"] {
  const confirmedBy = event.kind === "rewarded" ? event.audits : 0;
  const audit = tables.audits.get(slotKey(round, slot));
  if (audit !== undefined) return { outcome: audit.outcome ?? "open", confirmedBy };
  return confirmedBy === 0 ? null : { outcome: "honest", confirmedBy };
}
