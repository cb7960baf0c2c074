/** Comment: the digest of a text about an undecided proposal, signed, in order, dated by its block. */
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { findNep } from "./openNeps.ts";
import { statusOf } from "./status.ts";

export const nepComment: Apply<"nepComment"> = (draft, { sender, body: { nepId, comment } }, { height }) => {
  const found = findNep(draft, nepId);
  if ("ok" in found) return found;
  if (found.record.stage.kind !== "pending") {
    return reject({ code: "NEP_STATUS", status: statusOf(found.record, height - 1), needed: "review or voting" });
  }
  return accept({ kind: "nepCommented", nepId, account: sender, comment });
};
