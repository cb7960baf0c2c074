/** A round that comes to nothing: the model stays, nobody is paid, and trainers go on from where they were before it. Spec: spec/rounds.md#R8. */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { dropAttestations } from "./attestations.ts";
import { setRound } from "./roundOf.ts";
import type { RoundRecord } from "./roundRecord.ts";
import { strongest } from "./strongest.ts";

type Reason = Extract<DraftEvent, { readonly kind: "roundFailed" }>["reason"];

export function failRound(
  draft: Draft,
  round: RoundRecord,
  reason: Reason,
  { height }: BlockContext,
): readonly DraftEvent[] {
  setRound(draft, { ...round, phase: "failed", endedAt: height, candidates: strongest(round) });
  dropAttestations(draft, round);
  return [{ kind: "roundFailed", round: round.number, reason }];
}
