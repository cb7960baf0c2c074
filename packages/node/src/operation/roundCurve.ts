/**
 * How the loss fell from round to round, over the whole history: rounds that the state still has at once, older ones from
 * their blocks, in slices and from the newest back; from then on each block that ends a round adds to it.
 */
import {
  type DraftEvent,
  decodeTransaction,
  type Receipt,
  type RoundRecord,
  roundKey,
  type State,
  slotKey,
} from "@neuroshard/protocol";
import type { CurveView } from "@neuroshard/sdk/api";
import type { Chain } from "../chain/chain.ts";
import { SlicedWork } from "./slicedWork.ts";

type Point = CurveView["points"][number];

interface FinishedRound extends Point {
  /** Of all committed work of the round together. */
  readonly workSteps: number;
}

export interface Curve {
  /** The oldest first. */
  readonly rounds: readonly FinishedRound[];
  readonly isComplete: boolean;
}

const MILLIONTHS = 1e6;

export class RoundCurve {
  readonly #chain: Chain;
  readonly #rounds = new Map<number, FinishedRound>();
  readonly #unsubscribe: () => void;
  readonly #onFault: (error: unknown) => void;
  #sorted: readonly FinishedRound[] | undefined;
  #reading: SlicedWork | undefined;

  constructor(chain: Chain, onFault: (error: unknown) => void) {
    this.#chain = chain;
    this.#onFault = onFault;
    for (const [, round] of chain.state.tables.rounds.entries()) this.#note(chain.state, round);
    this.#unsubscribe = chain.subscribe(({ executed }) => {
      for (const event of eventsOf(executed.receipts[0])) {
        const round = event.kind === "roundDone" ? chain.state.tables.rounds.get(roundKey(event.round)) : undefined;
        if (round !== undefined) this.#note(chain.state, round);
      }
    });
  }

  view(): Curve {
    this.#reading ??= this.#readOlder();
    this.#sorted ??= [...this.#rounds.values()].sort((a, b) => a.round - b.round);
    return { rounds: this.#sorted, isComplete: this.#reading.isDone };
  }

  stop(): void {
    this.#unsubscribe();
    this.#reading?.stop();
  }

  #note(state: State, round: RoundRecord): void {
    if (round.phase !== "done") return;
    const { number, slots, stepsBefore, endedAt, validationLoss } = round;
    const commits = slots.flatMap((_, slot) => state.tables.commits.get(slotKey(number, slot))?.commit ?? []);
    const included = slots.filter(({ inclusion }) => inclusion === "included");
    this.#add({
      round: number,
      steps: stepsBefore + Math.max(...included.map(({ steps }) => steps)),
      ...workOf(commits),
      validationLoss: validationLoss === null ? null : validationLoss / MILLIONTHS,
      endedAtMs: this.#chain.header(endedAt)?.header.timeMs ?? 0,
    });
  }

  #add(round: FinishedRound): void {
    this.#rounds.set(round.round, round);
    this.#sorted = undefined;
  }

  #readOlder(): SlicedWork {
    const reader = new BlockReader(this.#chain, (round) => this.#add(round));
    return new SlicedWork({ step: () => reader.step(), onFault: this.#onFault });
  }
}

interface OpenRound {
  readonly end: Pick<Point, "round" | "validationLoss" | "endedAtMs">;
  readonly commits: Committed[];
}

interface Committed {
  readonly steps: number;
  /** Millionths of a nat. */
  readonly lastLoss: number;
}

/** Goes back from the oldest round of the state to the first block that is here. */
class BlockReader {
  readonly #chain: Chain;
  readonly #onRound: (round: FinishedRound) => void;
  /** Rounds whose end was read and whose beginning was not. */
  readonly #open = new Map<number, OpenRound>();
  #height: number;
  /** Of the network, before the oldest round that is known. */
  #steps: number;

  constructor(chain: Chain, onRound: (round: FinishedRound) => void) {
    this.#chain = chain;
    this.#onRound = onRound;
    const [kept] = [...chain.state.tables.rounds.entries()].map(([, round]) => round).sort(byNumber);
    // Round 1 has nothing before it.
    this.#height = kept === undefined || kept.number <= 1 ? 0 : kept.openedAt;
    this.#steps = kept?.stepsBefore ?? 0;
  }

  step(): boolean {
    if (this.#height < this.#chain.firstHeight() || this.#height < 1) return false;
    const receipts = this.#chain.receiptsOf(this.#height);
    if (receipts.length === 0) return false;
    const own = eventsOf(receipts[0]);
    for (const event of own) if (event.kind === "roundDone") this.#begin(event);
    const hasCommits = receipts
      .slice(1)
      .some((receipt) => eventsOf(receipt).some(({ kind }) => kind === "workCommitted"));
    if (hasCommits) this.#readCommits();
    for (const event of own) if (event.kind === "roundOpened") this.#finish(event.round);
    this.#height -= 1;
    return true;
  }

  #begin({ round, validationLoss }: Extract<DraftEvent, { readonly kind: "roundDone" }>): void {
    const endedAtMs = this.#chain.header(this.#height)?.header.timeMs ?? 0;
    const loss = validationLoss === null ? null : validationLoss / MILLIONTHS;
    this.#open.set(round, { end: { round, validationLoss: loss, endedAtMs }, commits: [] });
  }

  #readCommits(): void {
    const { transactions = [] } = this.#chain.block(this.#height) ?? {};
    for (const bytes of transactions) {
      const decoded = decodeTransaction(bytes);
      if (!decoded.ok || decoded.value.content.body.kind !== "commitWork") continue;
      const { commit } = decoded.value.content.body;
      this.#open.get(commit.round)?.commits.push(commit);
    }
  }

  #finish(round: number): void {
    const read = this.#open.get(round);
    if (read === undefined) return;
    this.#open.delete(round);
    this.#onRound({ ...read.end, steps: this.#steps, ...workOf(read.commits) });
    this.#steps -= Math.max(0, ...read.commits.map(({ steps }) => steps));
  }
}

function byNumber(a: RoundRecord, b: RoundRecord): number {
  return a.number - b.number;
}

function workOf(commits: readonly Committed[]): Pick<FinishedRound, "loss" | "workSteps"> {
  const sum = commits.reduce((total, { lastLoss }) => total + lastLoss, 0);
  return {
    loss: commits.length === 0 ? null : sum / commits.length / MILLIONTHS,
    workSteps: commits.reduce((total, { steps }) => total + steps, 0),
  };
}

function eventsOf(receipt: Receipt | undefined): readonly DraftEvent[] {
  return receipt?.outcome.kind === "accepted" ? receipt.outcome.events : [];
}
