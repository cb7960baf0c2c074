/**
 * The events of one proposal. No node keeps a list of them, so they are gathered where they can be: in the blocks at which
 * a proposal turns, and among what its author and its largest voters did.
 */
import {
  type Client,
  type EventView,
  getBlock,
  getNep,
  listAccountTransactions,
  listVotes,
  type NepView,
  NeuroError,
} from "@neuroshard/sdk";

export interface NepHistoryEntry {
  readonly height: number;
  readonly events: readonly EventView[];
}

const MOST_VOTERS = 20;
const MOST_TRANSACTIONS = 100;

export async function readNepHistory(
  client: Client,
  nep: string,
): Promise<{ readonly view: NepView; readonly entries: readonly NepHistoryEntry[] }> {
  const view = await getNep(client, nep);
  const { votes } = await listVotes(client, view.nepId, { limit: MOST_VOTERS });
  const accounts = [...new Set([view.author, ...votes.map(({ voter }) => voter)])];
  const heights = new Set(turnsOf(view));
  for (const account of accounts) {
    const { transactions } = await listAccountTransactions(client, account, { limit: MOST_TRANSACTIONS });
    for (const { height, outcome } of transactions) {
      if (outcome.kind === "accepted" && outcome.events.some((event) => isAbout(event, view))) heights.add(height);
    }
  }
  const entries: NepHistoryEntry[] = [];
  for (const height of [...heights].sort((a, b) => a - b)) {
    const events = (await eventsOf(client, height)).filter((event) => isAbout(event, view));
    if (events.length > 0) entries.push({ height, events });
  }
  return { view, entries };
}

/** Heights at which blocks themselves act on it; some may lie ahead. */
function turnsOf({ record, submittedAt, votingTo, height: now }: NepView): readonly number[] {
  const { stage, activationDelayBlocks, rules } = record;
  const lockIn = votingTo + rules.timelockBlocks;
  const activation = votingTo + Math.max(rules.graceBlocks, activationDelayBlocks, rules.timelockBlocks);
  const turns = [submittedAt, votingTo + 1, lockIn, activation, ...Object.values(stage).filter(isHeight)];
  return turns.filter((height) => height > 0 && height <= now);
}

function isHeight(value: unknown): value is number {
  return typeof value === "number";
}

function isAbout(event: EventView, { nepId, label }: NepView): boolean {
  return (
    ("nepId" in event && event.nepId === nepId) ||
    (event.kind === "nepStatus" && String(event.label) === label.replace(/^NEP-0*/, ""))
  );
}

/** Nothing for blocks that the node does not have. */
async function eventsOf(client: Client, height: number): Promise<readonly EventView[]> {
  try {
    const { events, transactions } = await getBlock(client, height);
    return [...events, ...transactions.flatMap(({ outcome }) => (outcome.kind === "accepted" ? outcome.events : []))];
  } catch (error) {
    if (error instanceof NeuroError && error.code === "NOT_FOUND") return [];
    throw error;
  }
}
