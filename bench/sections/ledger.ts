/**
 * The ledger: signed transfers from their arrival to the disk, replay of what was stored, the root of small and large
 * states, and votes with many voters. One JavaScript thread does all of it.
 */
import { chooseScheme, verifyChain } from "@neuroshard/node";
import { portableScheme, type SignatureScheme } from "@neuroshard/protocol";
import { CHANGED, measureRootUpdate, type RootUpdate } from "../ledger/rootUpdate.ts";
import { createTransferHome, sendTransfers, signTransfers } from "../ledger/transferHome.ts";
import { BALLOTS_PER_BLOCK, measureVoting, type VotingCost } from "../ledger/voting.ts";
import type { Contender } from "../measure/interleave.ts";
import { medianRatio, type Round, summarizeContender } from "../measure/statistics.ts";
import { describeQuiet, numberCell, quietCell, rangeCell } from "../report/cells.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Table } from "../report/table.ts";
import { type Target, targetOf } from "../report/target.ts";
import { type BenchContext, interleaveHere } from "./section.ts";

const TRANSFERS = 10_000;
/** The portable check takes thirty times as long. */
const TRANSFERS_PORTABLE = 1000;
const STATE_SIZES = [1000, 10_000, 100_000, 1_000_000];
const VOTER_COUNTS = [100, 10_000, 100_000];
const APPLY = "submit, apply, store";
const REPLAY = "replay";

interface Workload {
  readonly label: string;
  readonly scheme: SignatureScheme;
  readonly transfers: number;
}

/** Sends new transfers to the same chain in every round. */
async function applyContender({ label, scheme, transfers }: Workload): Promise<Contender> {
  const target = await createTransferHome(scheme);
  let round = 0;
  const send = async (): Promise<number> => sendTransfers(target, signTransfers(target, transfers, round++));
  return {
    name: `${APPLY}, ${label}`,
    pid: process.pid,
    prepare: () => send().then(() => {}),
    measure: send,
    close: target.remove,
  };
}

/** Replays the same chain in every round. */
async function replayContender({ label, scheme, transfers }: Workload): Promise<Contender> {
  const stored = await createTransferHome(chooseScheme().scheme);
  sendTransfers(stored, signTransfers(stored, transfers, 0));
  async function replay(): Promise<number> {
    const startMs = performance.now();
    const { transactions } = await verifyChain(stored.home, { scheme });
    return (1000 * transactions) / (performance.now() - startMs);
  }
  return {
    name: `${REPLAY}, ${label}`,
    pid: process.pid,
    prepare: () => replay().then(() => {}),
    measure: replay,
    close: stored.remove,
  };
}

export async function measureLedger(context: BenchContext): Promise<SectionResult> {
  const { kind, scheme } = chooseScheme();
  const fast: Workload = { label: `${kind} signatures`, scheme, transfers: TRANSFERS };
  const portable: Workload = { label: "portable signatures", scheme: portableScheme, transfers: TRANSFERS_PORTABLE };
  const contenders = [await applyContender(fast), await replayContender(fast), await replayContender(portable)];
  const { rounds } = await interleaveHere(context, contenders);
  await Promise.all(contenders.map((contender) => contender.close()));
  const names = contenders.map(({ name }) => name);
  const updates = STATE_SIZES.map((accounts) => {
    context.onProgress(`root of ${accounts} accounts`);
    return measureRootUpdate(accounts, scheme);
  });
  const votes = VOTER_COUNTS.map((voters) => {
    context.onProgress(`a vote of ${voters}`);
    return measureVoting(voters, scheme);
  });
  return {
    notes: [
      "A transfer is checked on arrival (signature included) and applied; blocks of 2000 are durable (WAL, synchronous=FULL) before the next begins. 10,000 accounts.",
      `Replay reads blocks from the disk, checks every signature and compares every root; ${TRANSFERS_PORTABLE} transfers for the portable check.`,
      describeQuiet("Rounds", rounds),
    ],
    tables: [speedTable(rounds, names), rootTable(updates), voteTable(votes)],
    targets: targetsOf(rounds, names, { updates, votes }),
    raw: { unit: "transfers per second", rounds, updates, votes },
  };
}

function speedTable(rounds: readonly Round[], names: readonly string[]): Table {
  const rows = names.map((name) => {
    const speed = summarizeContender(rounds, name);
    return [name, numberCell(speed, 0), rangeCell(speed, 0), quietCell(speed)];
  });
  return { title: "Signed transfers per second", header: ["what", "transfers/s", "range", "quiet"], rows };
}

function rootTable(updates: readonly RootUpdate[]): Table {
  const rows = updates.map(({ accounts, milliseconds }) => [
    String(accounts),
    milliseconds.toFixed(1),
    ((1000 * milliseconds) / CHANGED).toFixed(1),
    `${(milliseconds / updates[0]!.milliseconds).toFixed(2)}x`,
  ]);
  const header = ["accounts", "ms", "us per change", "against the smallest"];
  return { title: `New root after changes to ${CHANGED} accounts`, header, rows };
}

function voteTable(votes: readonly VotingCost[]): Table {
  const rows = votes.map(({ voters, ballotsMilliseconds, closingMilliseconds, closingEntries }) => [
    String(voters),
    ballotsMilliseconds.toFixed(0),
    closingMilliseconds.toFixed(2),
    String(closingEntries),
  ]);
  const header = [
    "voters",
    `ms, last block of up to ${BALLOTS_PER_BLOCK} ballots`,
    "ms, closing block",
    "entries it writes",
  ];
  return { title: "Votes", header, rows };
}

interface Once {
  readonly updates: readonly RootUpdate[];
  readonly votes: readonly VotingCost[];
}

function targetsOf(rounds: readonly Round[], names: readonly string[], { updates, votes }: Once): readonly Target[] {
  const [apply = "", replay = ""] = names;
  const speed = { bound: 5000, comparison: "at least", unit: "/s", decimals: 0 } as const;
  const growth = updates.at(-1)!.milliseconds / updates[0]!.milliseconds;
  const extraEntries = votes.at(-1)!.closingEntries - votes[0]!.closingEntries;
  return [
    targetOf({ what: "signed transfers applied durably, one thread", ...speed }, summarizeContender(rounds, apply)),
    targetOf({ what: "signed transfers replayed, one thread", ...speed }, summarizeContender(rounds, replay)),
    targetOf(
      { what: "replay against applying", bound: 1, comparison: "at least", unit: "x", decimals: 2 },
      medianRatio(rounds, replay, apply),
    ),
    {
      what: "root of 1,000,000 accounts against 1000 (1000 times the state)",
      bound: 10,
      comparison: "at most",
      unit: "x",
      decimals: 2,
      measured: growth,
    },
    {
      what: "more entries written to close a vote of 100,000 than one of 100",
      bound: 0,
      comparison: "at most",
      unit: "",
      decimals: 0,
      measured: extraEntries,
    },
  ];
}
