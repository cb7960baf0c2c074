/**
 * What happens to proposals by itself at the start of a block: votes close, approved ones lock in, changes come into force,
 * end or become final. In the order in which their texts were submitted, so that what
 * a proposal requires comes before it; each block looks at the list of open ones and touches those due.
 */
import type { NepRecord } from "../nep/record.ts";
import type { Draft } from "../state/draft.ts";
import type { DraftEvent } from "../transition/events.ts";
import { activate } from "./activate.ts";
import { closeVote } from "./closeVote.ts";
import { endActive } from "./endActive.ts";
import { lockIn } from "./lockIn.ts";
import { type Nep, nepOrFail } from "./openNeps.ts";

/** An emergency proposal closes, locks in and activates at one height; nothing takes more steps than that. */
const MOST_STEPS = 4;

export function advanceProposals(draft: Draft, height: number): DraftEvent[] {
  const due = draft.cell("openNeps").open.filter(({ dueAt }) => dueAt <= height);
  return due.flatMap(({ nepId }) => advance(draft, nepId, height));
}

function advance(draft: Draft, nepId: Nep["nepId"], height: number): DraftEvent[] {
  const events: DraftEvent[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const entry = draft.cell("openNeps").open.find((each) => each.nepId === nepId);
    if (entry === undefined || entry.dueAt > height) break;
    events.push(...advanceOnce(draft, nepOrFail(draft, nepId), height));
  }
  return events;
}

type Step = (draft: Draft, nep: Nep, height: number) => readonly DraftEvent[];

function advanceOnce(draft: Draft, nep: Nep, height: number): readonly DraftEvent[] {
  return stepFor(nep.record)(draft, nep, height);
}

function stepFor({ stage }: NepRecord): Step {
  switch (stage.kind) {
    case "pending":
      return closeVote;
    case "passed":
      return stage.isLockedIn ? activate : lockIn;
    case "active":
      return endActive;
    case "ended":
      throw new Error("internal: an ended proposal is due");
    default:
      return stage satisfies never;
  }
}
