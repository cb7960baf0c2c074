/** The events of one proposal, by height: of its text, and of the texts that this one replaced. */
import {
  type Client,
  type EventView,
  getNep,
  listNepTransactions,
  type NepView,
  type TransactionSummary,
} from "@neuroshard/sdk";

export interface NepHistoryEntry {
  readonly height: number;
  readonly events: readonly EventView[];
}

const PAGE_ITEMS = 100;

export async function readNepHistory(
  client: Client,
  nep: string,
): Promise<{ readonly view: NepView; readonly entries: readonly NepHistoryEntry[] }> {
  const view = await getNep(client, nep);
  const ids = [view.nepId];
  const summaries: TransactionSummary[] = [];
  for (const id of ids) {
    const found = await readAll(client, id);
    summaries.push(...found);
    ids.push(...found.flatMap(eventsOf).flatMap((event) => replacedBy(event, id)));
  }
  const inOrder = uniquePlaces(summaries).sort((a, b) => a.height - b.height || a.index - b.index);
  const changed = inOrder.map((summary) => {
    return { height: summary.height, events: eventsOf(summary).filter((event) => isAbout(event, ids)) };
  });
  return { view, entries: changed.filter(({ events }) => events.length > 0) };
}

async function readAll(client: Client, nepId: string): Promise<readonly TransactionSummary[]> {
  const all: TransactionSummary[] = [];
  for (let before: string | null | undefined; before !== null; ) {
    const query = { limit: PAGE_ITEMS, ...(before !== undefined && { before }) };
    const page = await listNepTransactions(client, nepId, query);
    all.push(...page.transactions);
    before = page.next;
  }
  return all;
}

function eventsOf({ outcome }: TransactionSummary): readonly EventView[] {
  return outcome.kind === "accepted" ? outcome.events : [];
}

function replacedBy(event: EventView, id: string): readonly string[] {
  return event.kind === "nepReplaced" && event.by === id ? [event.nepId] : [];
}

function isAbout(event: EventView, ids: readonly string[]): boolean {
  return "nepId" in event && ids.includes(event.nepId);
}

/** The edit of a text stands in the history of both. */
function uniquePlaces(summaries: readonly TransactionSummary[]): TransactionSummary[] {
  return [...new Map(summaries.map((summary) => [`${summary.height}-${summary.index}`, summary])).values()];
}
