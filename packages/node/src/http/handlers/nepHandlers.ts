/** Answers about proposals. */
import { type BallotRecord, type Digest, formatAddress, type State, statusOf } from "@neuroshard/protocol";
import { USUAL_PAGE_ITEMS } from "@neuroshard/sdk/api";
import { createGrouping } from "../groupedEntries.ts";
import { notFound } from "../httpFault.ts";
import { historyPage } from "../views/historyPage.ts";
import { type FoundNep, nepDiffView, nepSummary, nepView } from "../views/nepViews.ts";
import { tallyView } from "../views/tallyView.ts";
import type { Handlers } from "./handler.ts";

const ballotsOf = createGrouping<BallotRecord>((key) => key.slice(0, key.indexOf("/")));

export const nepHandlers: Handlers<
  "listNeps" | "getNep" | "getTally" | "listVotes" | "getNepDiff" | "listNepTransactions"
> = {
  listNeps(
    { chain: { state } },
    { query: { status, type, before = Number.MAX_SAFE_INTEGER, limit = USUAL_PAGE_ITEMS } },
  ) {
    const { head, openNeps } = state.cells;
    const neps = [];
    let label = Math.min(before - 1, openNeps.lastLabel);
    for (; label > 0 && neps.length < limit; label--) {
      const nep = nepWithLabel(state, label);
      const isWanted =
        nep !== undefined &&
        (status === undefined || statusOf(nep.record, head.height) === status) &&
        (type === undefined || nep.record.nepType === type);
      if (isWanted) neps.push(nepSummary(nep, head.height));
    }
    return { height: head.height, neps, next: label > 0 ? label + 1 : null };
  },

  getNep: ({ chain: { state } }, { params }) => nepView(state, nepIn(state, params.nep)),
  getTally: ({ chain: { state } }, { params }) => tallyView(state, nepIn(state, params.nep)),
  listNepTransactions: ({ chain }, { params, query }) =>
    historyPage(chain, nepIn(chain.state, params.nep).nepId, query),
  getNepDiff: ({ chain: { state } }, { params }) => nepDiffView(state, nepIn(state, params.nep)),

  listVotes({ chain: { state } }, { params, query: { offset = 0, limit = USUAL_PAGE_ITEMS } }) {
    const { nepId } = nepIn(state, params.nep);
    const ballots = ballotsOf(state.tables.ballots, nepId);
    const sorted = ballots.toSorted(([, a], [, b]) => (a.power === b.power ? 0 : a.power > b.power ? -1 : 1));
    const votes = sorted.slice(offset, offset + limit).map(([, { voter, power, split, sequence }]) => ({
      voter: formatAddress(voter),
      power: String(power),
      split,
      sequence,
    }));
    return { nepId, votes, next: offset + limit < ballots.length ? offset + limit : null };
  },
};

/** By id, label or number. */
function nepIn(state: State, name: string): FoundNep {
  const isId = name.length === 64;
  const nep = isId ? nepWithId(state, name as Digest) : nepWithLabel(state, Number(name.replace(/^NEP-/, "")));
  if (nep === undefined) throw notFound(`proposal ${name}`);
  return nep;
}

function nepWithLabel(state: State, label: number): FoundNep | undefined {
  const entry = state.tables.nepLabels.get(String(label));
  return entry && nepWithId(state, entry.nepId);
}

function nepWithId({ tables }: State, nepId: Digest): FoundNep | undefined {
  const record = tables.neps.get(nepId);
  return record && { nepId, record };
}
