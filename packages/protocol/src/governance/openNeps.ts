/** The list of proposals that can still change by themselves. Everything that happens to one goes through here. */
import type { NepRecord, NepStage } from "../nep/record.ts";
import type { Draft } from "../state/draft.ts";
import type { DraftEvent } from "../transition/events.ts";
import { type Rejected, reject } from "../transition/outcome.ts";
import type { Digest } from "../types/identifiers.ts";
import { statusOf } from "./status.ts";

const MOST_DETAIL = 500;

/** A proposal with its id. */
export interface Nep {
  readonly nepId: Digest;
  readonly record: NepRecord;
}

export function findNep(draft: Draft, nepId: Digest): Nep | Rejected {
  const record = draft.get("neps", nepId);
  return record === undefined ? reject({ code: "NEP_UNKNOWN", nepId }) : { nepId, record };
}

export function nepOrFail(draft: Draft, nepId: Digest): Nep {
  const record = draft.get("neps", nepId);
  if (record === undefined) throw new Error(`internal: there is no proposal ${nepId}`);
  return { nepId, record };
}

/** Writes the record, and keeps the list of open proposals in step with it. */
export function saveNep(draft: Draft, { nepId, record }: Nep): void {
  draft.set("neps", nepId, record);
  const { open, lastLabel } = draft.cell("openNeps");
  const dueAt = dueHeight(record);
  const others = open.filter((each) => each.nepId !== nepId);
  if (dueAt === undefined) {
    if (others.length < open.length) draft.setCell("openNeps", { open: others, lastLabel });
    return;
  }
  const entry = { nepId, snapshotAt: record.snapshotAt, dueAt };
  const index = open.findIndex((each) => each.nepId === nepId);
  if (index === -1) draft.setCell("openNeps", { open: [...open, entry], lastLabel });
  else draft.setCell("openNeps", { open: open.map((each, at) => (at === index ? entry : each)), lastLabel });
}

/** The next height at which something happens to the proposal by itself; undefined when nothing will. */
function dueHeight({ stage, votingEndsAt, rules }: NepRecord): number | undefined {
  switch (stage.kind) {
    case "pending":
      return votingEndsAt + 1;
    case "passed":
      return stage.isLockedIn ? stage.activateAt : stage.lockInAt;
    case "active": {
      const settledAt = stage.isSettled ? null : stage.at + rules.rollbackWindowBlocks + 1;
      const heights = [stage.rollbackAt, stage.expiresAt, settledAt].filter((height) => height !== null);
      return heights.length === 0 ? undefined : Math.min(...heights);
    }
    case "ended":
      return undefined;
    default:
      return stage satisfies never;
  }
}

/** Puts the proposal into another stage and says so. `detail`: for people. */
export function enterStage(draft: Draft, nep: Nep, stage: NepStage, { height, detail = "" }: StageNote): DraftEvent {
  const record = { ...nep.record, stage: withShortReason(stage) };
  saveNep(draft, { nepId: nep.nepId, record });
  const status = statusOf(record, height);
  return { kind: "nepStatus", nepId: nep.nepId, label: record.label, status, detail: shortened(detail) };
}

/** Values of parameters stand in details, and may be long. */
function withShortReason(stage: NepStage): NepStage {
  if (stage.kind !== "ended") return stage;
  const { code, detail } = stage.reason;
  return { ...stage, reason: { code, detail: shortened(detail) } };
}

/** ASCII: what details are made of are keys, values, digests and figures. */
function shortened(detail: string): string {
  return detail.length <= MOST_DETAIL ? detail : `${detail.slice(0, MOST_DETAIL - 3)}...`;
}

interface StageNote {
  readonly height: number;
  readonly detail?: string;
}
