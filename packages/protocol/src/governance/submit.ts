/**
 * Submit a proposal: its text enters the chain, its rules are frozen, its author's fee goes into escrow and a part of his
 * stake is held. It gets the next label. Review begins. spec/governance.md#G1
 */
import { cannotPay } from "../ledger/balance.ts";
import { openEscrow } from "../ledger/escrow.ts";
import { type NepType, nepIdOf } from "../nep/document.ts";
import { bondedOf, setStakes, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import { MOST_OPEN_NEPS } from "../state/tables.ts";
import type { Apply, BlockContext } from "../transition/context.ts";
import { accept, type Rejected, reject } from "../transition/outcome.ts";
import type { AccountId } from "../types/identifiers.ts";
import { saveNep } from "./openNeps.ts";
import { prepareRecord } from "./prepareRecord.ts";

export const nepSubmit: Apply<"nepSubmit"> = (draft, { sender, body: { document } }, context) => {
  const { networkId, params } = context;
  const nepId = nepIdOf(document, sender, networkId);
  const known = draft.get("neps", nepId);
  if (known !== undefined) return reject({ code: "NEP_KNOWN", nepId, label: known.label });
  const room = roomProblem(draft, document.nepType, context);
  if (room !== undefined) return room;
  const fee = params.get("governance.registry.PROPOSAL_FEE");
  const deposit = params.get("governance.registry.MIN_STAKE_TO_PROPOSE");
  const short = depositProblem(draft, sender, deposit) ?? cannotPay(draft, sender, fee);
  if (short !== undefined) return short;
  const { lastLabel, open } = draft.cell("openNeps");
  const label = lastLabel + 1;
  const prepared = prepareRecord(draft, { document, author: sender, label, fee, deposit }, context);
  if ("ok" in prepared) return prepared;
  const stakes = stakesIn(draft, sender);
  setStakes(draft, sender, { ...stakes, deposits: stakes.deposits + deposit });
  openEscrow(draft, nepId, { owner: sender, amount: fee, purpose: "nepFee" });
  draft.setCell("openNeps", { open, lastLabel: label });
  draft.set("nepLabels", String(label), { nepId });
  draft.set("nepDocuments", nepId, document);
  saveNep(draft, { nepId, record: prepared });
  return accept({ kind: "nepSubmitted", nepId, label, author: sender });
};

/**
 * Active proposals wait in the same list for the end of their rollback time; they leave room of their own. Emergencies
 * have room to the end of the list: a full agenda must not be a way to keep one off it.
 */
function roomProblem(draft: Draft, nepType: NepType, { params }: BlockContext): Rejected | undefined {
  const { open } = draft.cell("openNeps");
  if (open.length >= MOST_OPEN_NEPS) return reject({ code: "TOO_MANY_NEPS", most: MOST_OPEN_NEPS });
  if (nepType === "emergency") return undefined;
  const undecided = open.filter(({ nepId }) => draft.get("neps", nepId)?.stage.kind !== "active").length;
  const most = params.get("governance.registry.MAX_OPEN_PROPOSALS");
  return undecided >= most ? reject({ code: "TOO_MANY_NEPS", most }) : undefined;
}

function depositProblem(draft: Draft, author: AccountId, deposit: bigint): Rejected | undefined {
  const stakes = stakesIn(draft, author);
  const available = bondedOf(stakes) - stakes.deposits;
  return available < deposit ? reject({ code: "STAKE_TOO_LOW", available, needed: deposit }) : undefined;
}
