/**
 * Edit: the author's new text takes the label, the fee and the deposit of the old one, and review begins anew.
 * spec/governance.md#G1
 */
import { openEscrow, returnEscrow } from "../ledger/escrow.ts";
import { nepIdOf } from "../nep/document.ts";
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { enterStage, saveNep } from "./openNeps.ts";
import { ownNepInReview } from "./ownNep.ts";
import { prepareRecord } from "./prepareRecord.ts";

export const nepEdit: Apply<"nepEdit"> = (draft, { sender, body }, context) => {
  const { networkId, height } = context;
  const found = ownNepInReview(draft, { nepId: body.nepId, sender, height });
  if ("ok" in found) return found;
  const { label, fee, deposit } = found.record;
  const nepId = nepIdOf(body.document, sender, networkId);
  const known = draft.get("neps", nepId);
  if (known !== undefined) return reject({ code: "NEP_KNOWN", nepId, label: known.label });
  const prepared = prepareRecord(draft, { document: body.document, author: sender, label, fee, deposit }, context);
  if ("ok" in prepared) return prepared;
  const reason = { code: "REPLACED", detail: nepId };
  const ended = enterStage(
    draft,
    found,
    { kind: "ended", as: "withdrawn", at: height, reason },
    { height, detail: nepId },
  );
  const escrow = returnEscrow(draft, found.nepId);
  openEscrow(draft, nepId, escrow);
  draft.set("nepLabels", String(label), { nepId });
  draft.set("nepDocuments", nepId, body.document);
  saveNep(draft, { nepId, record: prepared });
  return accept(ended, { kind: "nepReplaced", nepId: found.nepId, by: nepId });
};
