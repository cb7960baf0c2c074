/** Answers about rounds of training. */
import {
  type AuditRecord,
  auditRecord,
  type CommitRecord,
  commitRecord,
  type RoundRecord,
  roundRecord,
} from "@neuroshard/protocol";
import { type JsonOf, USUAL_PAGE_ITEMS } from "@neuroshard/sdk/api";
import type { RoundPay } from "../../chain/chain.ts";
import { notFound } from "../httpFault.ts";
import { eventViews } from "../views/receiptView.ts";
import type { Handlers } from "./handler.ts";

export const roundHandlers: Handlers<"listRounds" | "getRound"> = {
  listRounds({ chain: { state } }, { query: { limit = USUAL_PAGE_ITEMS, before } }) {
    const newest = Math.min(state.cells.training.round, (before ?? Number.MAX_SAFE_INTEGER) - 1);
    const numbers = Array.from({ length: Math.min(limit, Math.max(0, newest)) }, (_, index) => newest - index);
    const rounds = numbers.flatMap((number) => state.tables.rounds.get(String(number)) ?? []);
    return { rounds: rounds.map((round) => roundRecord.toJson(round) as JsonOf<RoundRecord>) };
  },

  getRound({ chain }, { params: { round: number } }) {
    const { rounds, commits, audits } = chain.state.tables;
    const round = rounds.get(String(number));
    if (round === undefined) throw notFound(`round ${number}`);
    const keys = Array.from(round.slots.keys(), (slot) => `${number}/${slot}`);
    return {
      round: roundRecord.toJson(round) as JsonOf<RoundRecord>,
      commits: keys
        .flatMap((key) => commits.get(key) ?? [])
        .map((commit) => commitRecord.toJson(commit) as JsonOf<CommitRecord>),
      audits: keys
        .flatMap((key) => audits.get(key) ?? [])
        .map((audit) => auditRecord.toJson(audit) as JsonOf<AuditRecord>),
      pay: payView(chain.payOf(number)),
    };
  },
};

function payView(pay: RoundPay | undefined) {
  return pay === undefined ? null : { height: pay.height, timeMs: pay.timeMs, events: eventViews(pay.events) };
}
