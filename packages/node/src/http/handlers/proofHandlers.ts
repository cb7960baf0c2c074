/** Proofs of any entry of the state. */
import { stateProofView } from "../views/stateProofView.ts";
import type { Handlers } from "./handler.ts";

export const proofHandlers: Handlers<"getStateProof"> = {
  getStateProof: ({ chain }, { params }) => stateProofView(chain, params.table, params.key),
};
