/** Vote: a ballot of the sender. It replaces his earlier one until voting ends. spec/governance.md#G4 */
import type { Apply } from "../transition/context.ts";
import { castBallot } from "./castBallot.ts";

export const nepVote: Apply<"nepVote"> = (draft, { sender, body: { nepId, split } }, context) =>
  castBallot(draft, { nepId, voter: sender, split, sequence: null }, context);
