/**
 * Reports devices that sign two pieces of work for one slot: whoever sees both sends them to the chain as evidence. One may
 * be in a block, and is read there when it is needed; in memory are only those of the present round that are in none yet,
 * one a slot. Spec: spec/staking.md#S7.
 */
import {
  type AccountKey,
  bytesToHex,
  type Digest,
  decodeTransaction,
  roundKey,
  type SignedCommit,
  signTransaction,
  slotKey,
  type Transaction,
  transactionHash,
  workCommitId,
} from "@neuroshard/protocol";
import type { Chain, Submission } from "../chain/chain.ts";

export interface EquivocationParts {
  readonly chain: Pick<Chain, "networkId" | "scheme" | "state" | "block" | "mempool" | "subscribe">;
  /** Reports, pays the fee and gets the share of the slash. */
  readonly account: AccountKey;
  submit(bytes: Uint8Array): Submission;
}

export interface EquivocationWatch {
  /** A transaction of anybody, whether the pool has taken it or not. */
  see(bytes: Uint8Array): void;
  stop(): void;
}

interface Report {
  readonly first: SignedCommit;
  readonly second: SignedCommit;
  /** The newest transaction that brings it. */
  sent: Digest | undefined;
  attemptsLeft: number;
}

/** Of the present round; a commit has some kilobytes. */
const MOST_PENDING = 1024;
/** The oldest is forgotten: the chain refuses what it knows already. */
const MOST_REPORTS = 64;
const MOST_ATTEMPTS = 10;
const VALID_BLOCKS = 50;

export function reportEquivocators(parts: EquivocationParts): EquivocationWatch {
  const { chain } = parts;
  const pending = new Map<string, SignedCommit>();
  const reports = new Map<string, Report>();

  function see(bytes: Uint8Array): void {
    const seen = commitFrom(parts, bytes);
    if (seen === undefined) return;
    const key = slotKey(seen.commit.round, seen.commit.slot);
    const accepted = chain.state.tables.commits.get(key);
    // Before a block is read: most of what is heard is what the chain has.
    if (accepted !== undefined && workCommitId(accepted.commit) === workCommitId(seen.commit)) return;
    const other = inBlock(chain, key) ?? pending.get(key);
    if (other !== undefined) compare(key, other, seen);
    else if (isInNoBlock(key, seen) && pending.size < MOST_PENDING) pending.set(key, seen);
  }

  function compare(key: string, first: SignedCommit, second: SignedCommit): void {
    if (reports.has(key) || workCommitId(first.commit) === workCommitId(second.commit)) return;
    const [oldest] = reports.keys();
    if (reports.size >= MOST_REPORTS && oldest !== undefined) reports.delete(oldest);
    const report: Report = { first, second, sent: undefined, attemptsLeft: MOST_ATTEMPTS };
    reports.set(key, report);
    send(parts, report);
  }

  /** And may still come into one. */
  function isInNoBlock(key: string, { commit }: SignedCommit): boolean {
    const { cells, tables } = chain.state;
    return commit.round === cells.training.round && tables.commits.get(key) === undefined;
  }

  function afterBlock(): void {
    for (const [key, seen] of pending) {
      if (isInNoBlock(key, seen)) continue;
      pending.delete(key);
      const accepted = inBlock(chain, key);
      if (accepted !== undefined) compare(key, accepted, seen);
    }
    for (const report of reports.values()) send(parts, report);
  }

  return { see, stop: chain.subscribe(afterBlock) };
}

/** Undefined where it is none that the device of the slot has signed, and where it is the own one: nobody reports himself. */
function commitFrom({ chain, account }: EquivocationParts, bytes: Uint8Array): SignedCommit | undefined {
  const decoded = decodeTransaction(bytes);
  if (!decoded.ok || decoded.value.content.networkId !== chain.networkId) return undefined;
  const signed = signedCommitOf(decoded.value);
  if (signed === undefined) return undefined;
  const slot = chain.state.tables.rounds.get(roundKey(signed.commit.round))?.slots[signed.commit.slot];
  if (slot?.device !== bytesToHex(signed.publicKey) || slot.account === account.account) return undefined;
  const hash = transactionHash(decoded.value.content);
  return chain.scheme.verify(hash, signed.signature, signed.publicKey) ? signed : undefined;
}

/** The work of a slot as it was signed. Undefined also where this node has begun with a later snapshot. */
function inBlock(chain: EquivocationParts["chain"], key: string): SignedCommit | undefined {
  const accepted = chain.state.tables.commits.get(key);
  if (accepted === undefined) return undefined;
  const id = workCommitId(accepted.commit);
  for (const bytes of chain.block(accepted.height)?.transactions ?? []) {
    const decoded = decodeTransaction(bytes);
    const signed = decoded.ok ? signedCommitOf(decoded.value) : undefined;
    if (signed !== undefined && workCommitId(signed.commit) === id) return signed;
  }
  return undefined;
}

function signedCommitOf({ content, signature }: Transaction): SignedCommit | undefined {
  const { publicKey, nonce, lastHeight, body } = content;
  return body.kind === "commitWork" ? { publicKey, nonce, lastHeight, commit: body.commit, signature } : undefined;
}

/** Again while it is in no block: another transaction of the account may have taken its place. */
function send({ chain, account, submit }: EquivocationParts, report: Report): void {
  const { first, second, sent } = report;
  if (report.attemptsLeft === 0 || (sent !== undefined && chain.mempool.has(sent))) return;
  const { networkId, scheme, state, mempool } = chain;
  const accepted = state.tables.accounts.get(account.account)?.nonce ?? 0;
  const content = {
    networkId,
    nonce: accepted + mempool.pendingOf(account.account),
    lastHeight: state.cells.head.height + VALID_BLOCKS,
    body: { kind: "evidence", contradiction: { kind: "commits", first, second } },
  } as const;
  const answer = submit(signTransaction(content, account, scheme).bytes);
  report.sent = answer.transactionId;
  // It is known, by this node or by another, or it proves nothing: neither changes.
  const isOver = answer.kind === "rejected" && answer.code.startsWith("EVIDENCE_");
  report.attemptsLeft = isOver ? 0 : report.attemptsLeft - 1;
}
