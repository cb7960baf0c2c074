/** A chain whose people hold stake and vote: the steps of a proposal's life, for tests that look at one of them. */
import { expect } from "vitest";
import { statusOf } from "../../src/governance/status.ts";
import { type NepDocument, nepIdOf } from "../../src/nep/document.ts";
import type { EndReason, NepRecord } from "../../src/nep/record.ts";
import type { NepStatus } from "../../src/nep/statuses.ts";
import { decimal, formatDecimal } from "../../src/numbers/decimal.ts";
import { paramsAt } from "../../src/params/paramsOfState.ts";
import type { ParamKey, ParamType } from "../../src/params/registry.ts";
import type { DraftEvent, Receipt } from "../../src/transition/events.ts";
import type { BallotSplit } from "../../src/types/ballot.ts";
import type { Digest } from "../../src/types/identifiers.ts";
import type { TransactionBody } from "../../src/types/transaction.ts";
import { type ChainOptions, type Person, person, TestChain } from "../chain/testChain.ts";

export function splitOf(parts: Partial<BallotSplit>): BallotSplit {
  return { yes: 0, no: 0, abstain: 0, veto: 0, ...parts };
}

export const YES = splitOf({ yes: 10_000 });
export const NO = splitOf({ no: 10_000 });
export const ABSTAIN = splitOf({ abstain: 10_000 });
export const VETO = splitOf({ veto: 10_000 });

export interface ParliamentOptions extends Omit<ChainOptions, "balances"> {
  /** NEURO staked, by name. Everybody keeps `CASH` beside it. */
  readonly stakes: Readonly<Record<string, string>>;
  /** Who votes for whom by default. */
  readonly delegations?: Readonly<Record<string, string>>;
  readonly lockDays?: number;
}

export const CASH = decimal("1000");

export class Parliament extends TestChain {
  readonly members: readonly Person[];

  constructor({ stakes, delegations = {}, lockDays = 30, ...rest }: ParliamentOptions) {
    const entries = Object.entries(stakes).map(([name, amount]) => [name, decimal(amount)] as const);
    super({
      ...rest,
      balances: Object.fromEntries(entries.map(([name, amount]) => [name, formatDecimal(amount + CASH)])),
    });
    this.members = entries.map(([name]) => person(name));
    this.acceptAll(
      entries
        .filter(([, amount]) => amount > 0n)
        .map(([name, amount]) => [person(name), { kind: "stake", amount, lockDays }]),
    );
    this.acceptAll(
      Object.entries(delegations).map(([from, to]) => [
        person(from),
        { kind: "delegate", delegate: person(to).account },
      ]),
    );
  }

  /** One block with all of these, each accepted. */
  acceptAll(actions: readonly (readonly [Person, TransactionBody])[]): readonly Receipt[] {
    const sent = new Map<Person, number>();
    const transactions = actions.map(([from, body]) => {
      const earlier = sent.get(from) ?? 0;
      sent.set(from, earlier + 1);
      return this.signed({ from, body, wrong: { nonce: this.nonce(from) + earlier } });
    });
    const receipts = this.block(...transactions);
    for (const { outcome } of receipts) expect(outcome).toMatchObject({ kind: "accepted" });
    return receipts;
  }

  submit(author: Person, document: NepDocument): Digest {
    this.accept(author, { kind: "nepSubmit", document });
    return nepIdOf(document, author.account, this.networkId);
  }

  record(nepId: Digest): NepRecord {
    const record = this.entry("neps", nepId);
    if (record === undefined) throw new Error(`there is no proposal ${nepId}`);
    return record;
  }

  status(nepId: Digest): NepStatus {
    return statusOf(this.record(nepId), this.height);
  }

  /** Why an ended proposal ended. */
  reason(nepId: Digest): EndReason {
    const { stage } = this.record(nepId);
    if (stage.kind !== "ended") throw new Error(`the proposal is ${stage.kind}`);
    return stage.reason;
  }

  /** Up to the last block before votes count. */
  openVoting(nepId: Digest): void {
    this.advanceTo(this.record(nepId).snapshotAt);
  }

  /** One block with the ballots of these people, each accepted. */
  vote(nepId: Digest, ballots: Readonly<Record<string, BallotSplit>>): readonly Receipt[] {
    return this.acceptAll(
      Object.entries(ballots).map(([name, split]) => [person(name), { kind: "nepVote", nepId, split }]),
    );
  }

  /** To the block that closes the vote. Gives what happened in it by itself. */
  close(nepId: Digest): readonly DraftEvent[] {
    this.advanceTo(this.record(nepId).votingEndsAt + 1);
    return this.ownEvents();
  }

  /** What the last block did before its transactions. */
  ownEvents(): readonly DraftEvent[] {
    const outcome = this.last?.receipts[0]?.outcome;
    return outcome?.kind === "accepted" ? outcome.events : [];
  }

  /** Everybody votes yes; the proposal is approved. */
  approve(nepId: Digest): void {
    this.openVoting(nepId);
    const voters = this.members.filter(({ account }) => this.entry("stakes", account) !== undefined);
    this.vote(nepId, Object.fromEntries(voters.map(({ name }) => [name, YES])));
    this.close(nepId);
  }

  /** To the height at which the approved proposal activates or fails. */
  due(nepId: Digest): void {
    const { stage } = this.record(nepId);
    if (stage.kind === "passed") this.advanceTo(stage.activateAt);
  }

  /** From submission to activation. */
  enact(author: Person, document: NepDocument): Digest {
    const nepId = this.submit(author, document);
    this.approve(nepId);
    this.due(nepId);
    expect(this.status(nepId)).toBe("active");
    return nepId;
  }

  param<Key extends ParamKey>(key: Key, height = this.height): ParamType<Key> {
    return paramsAt(this.state, height).get(key);
  }
}
