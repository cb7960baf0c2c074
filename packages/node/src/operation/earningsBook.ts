/**
 * What accounts have earned by day. The history of an account is read once, in slices, from the newest block back; from then
 * on each block adds to it. A few accounts at a time are kept.
 */
import type { AccountId } from "@neuroshard/protocol";
import type { CommittedBlock } from "../chain/application.ts";
import type { Chain } from "../chain/chain.ts";
import type { Place } from "../chain/store/place.ts";
import { type Earning, earningsIn } from "./earningEvents.ts";
import { SlicedWork } from "./slicedWork.ts";

export interface Sums {
  training: bigint;
  audits: bigint;
  uptime: bigint;
  other: bigint;
  slashed: bigint;
}

export interface AccountEarnings {
  /** Of the newest block that is counted. */
  readonly height: number;
  /** By UTC day, YYYY-MM-DD. */
  readonly days: ReadonlyMap<string, Sums>;
  readonly total: Sums;
  readonly last24h: bigint;
  readonly isComplete: boolean;
}

/** The history cannot be read on. */
type OnFault = (error: unknown) => void;

const KEPT_ACCOUNTS = 32;
const RECEIPTS_AT_ONCE = 64;
const DAY_MS = 86_400_000;
const DAY_LETTERS = "YYYY-MM-DD".length;

export class EarningsBook {
  readonly #chain: Chain;
  /** What was asked for last at the end. */
  readonly #accounts = new Map<AccountId, Ledger>();
  readonly #unsubscribe: () => void;
  readonly #onFault: OnFault;

  constructor(chain: Chain, onFault: OnFault) {
    this.#chain = chain;
    this.#onFault = onFault;
    this.#unsubscribe = chain.subscribe((block) => {
      for (const ledger of this.#accounts.values()) ledger.add(block);
    });
  }

  of(account: AccountId): AccountEarnings {
    const ledger = this.#accounts.get(account) ?? new Ledger(this.#chain, account, this.#onFault);
    this.#accounts.delete(account);
    this.#accounts.set(account, ledger);
    const [oldest] = this.#accounts;
    if (oldest !== undefined && this.#accounts.size > KEPT_ACCOUNTS) {
      oldest[1].stop();
      this.#accounts.delete(oldest[0]);
    }
    return ledger.view();
  }

  stop(): void {
    this.#unsubscribe();
    for (const ledger of this.#accounts.values()) ledger.stop();
  }
}

interface Dated {
  readonly timeMs: number;
  readonly amount: bigint;
}

class Ledger {
  readonly #chain: Chain;
  readonly #account: AccountId;
  readonly #days = new Map<string, Sums>();
  readonly #total = noSums();
  readonly #reading: SlicedWork;
  #height: number;
  /** Where the reading goes on. */
  #before: Place | undefined;
  /** Of about the last day. */
  #recent: Dated[] = [];

  constructor(chain: Chain, account: AccountId, onFault: OnFault) {
    this.#chain = chain;
    this.#account = account;
    this.#height = chain.head().height;
    this.#before = { height: this.#height + 1, index: 0 };
    this.#reading = new SlicedWork({ step: () => this.#readSome(), onFault });
  }

  add({ signedHeader: { header }, executed }: CommittedBlock): void {
    this.#height = header.height;
    for (const receipt of executed.receipts) {
      for (const earning of earningsIn(receipt, this.#account)) this.#count(earning, header.timeMs);
    }
  }

  view(): AccountEarnings {
    return {
      ...{ height: this.#height, days: this.#days, total: this.#total, last24h: this.#lastDay() },
      isComplete: this.#reading.isDone,
    };
  }

  stop(): void {
    this.#reading.stop();
  }

  #readSome(): boolean {
    const items = this.#chain.history(this.#account, { before: this.#before, limit: RECEIPTS_AT_ONCE });
    for (const { receipt, timeMs } of items) {
      for (const earning of earningsIn(receipt, this.#account)) this.#count(earning, timeMs);
    }
    const last = items.at(-1);
    if (last !== undefined) this.#before = { height: last.height, index: last.index };
    return items.length === RECEIPTS_AT_ONCE;
  }

  #count({ kind, amount }: Earning, timeMs: number): void {
    const day = new Date(timeMs).toISOString().slice(0, DAY_LETTERS);
    const sums = this.#days.get(day) ?? noSums();
    this.#days.set(day, sums);
    for (const each of [sums, this.#total]) each[SUM_OF[kind]] += amount;
    if (SUM_OF[kind] !== "slashed" && timeMs > this.#newestMs() - DAY_MS) this.#recent.push({ timeMs, amount });
  }

  #lastDay(): bigint {
    const sinceMs = this.#newestMs() - DAY_MS;
    this.#recent = this.#recent.filter(({ timeMs }) => timeMs > sinceMs);
    return this.#recent.reduce((sum, { amount }) => sum + amount, 0n);
  }

  #newestMs(): number {
    return this.#chain.head().signedHeader?.header.timeMs ?? 0;
  }
}

const SUM_OF: { readonly [K in Earning["kind"]]: keyof Sums } = {
  training: "training",
  audit: "audits",
  uptime: "uptime",
  proposal: "other",
  evidence: "other",
  slashed: "slashed",
  forfeited: "other",
};

function noSums(): Sums {
  return { training: 0n, audits: 0n, uptime: 0n, other: 0n, slashed: 0n };
}
