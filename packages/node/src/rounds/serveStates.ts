/**
 * Duty: whoever audits the work of this device gets the state before a part of it. States are kept while there is room; one
 * that is gone is made again, by running forward from the last one that is here. One at a time, and only for work of which
 * the audits are still to come.
 */
import type { RequestOf, ResponseOf } from "@neuroshard/network";
import { type RoundRecord, roundKey, type State, segmentDigest, slotKey, type WorkCommit } from "@neuroshard/protocol";
import type { SegmentState } from "@neuroshard/training";
import type { DutyContext } from "./duty.ts";
import { isAuditable } from "./moment.ts";
import { slotStartOf } from "./slotStart.ts";

interface OwnWork {
  readonly state: State;
  readonly round: RoundRecord;
  readonly slot: number;
  readonly commit: WorkCommit;
}

const NONE: ResponseOf<"segmentState"> = { state: null };
/** Different states that are being made or wait for it. */
const MOST_REBUILDS = 4;

/** @param signal Aborted when the node stops. */
export function serveStates(context: DutyContext, signal: AbortSignal): void {
  const rebuilds = new Map<string, Promise<SegmentState>>();
  context.network.serve("segmentState", async (request) => {
    const work = ownWork(context, request);
    if (work === undefined || request.segment > work.commit.segments.length) return NONE;
    const index = request.segment - 1;
    const kept = keptStates(context, work)[index];
    if (kept !== undefined && isHere(context, kept)) return { state: kept };
    const key = `${slotKey(request.round, request.slot)}/${index}`;
    if (!rebuilds.has(key)) {
      if (rebuilds.size >= MOST_REBUILDS) return NONE;
      const rebuild = rebuildState(context, work, index, signal).finally(() => rebuilds.delete(key));
      rebuild.catch(() => undefined);
      rebuilds.set(key, rebuild);
    }
    const state = await rebuilds.get(key)?.catch(() => undefined);
    return { state: state ?? null };
  });
}

function ownWork({ chain, device }: DutyContext, request: RequestOf<"segmentState">): OwnWork | undefined {
  const state = chain.state();
  const round = state.tables.rounds.get(roundKey(request.round));
  const commit = state.tables.commits.get(slotKey(request.round, request.slot))?.commit;
  const isOwn = round?.slots[request.slot]?.device === device;
  if (round === undefined || commit === undefined || !isOwn || request.segment === 0) return undefined;
  return isAuditable(round) ? { state, round, slot: request.slot, commit } : undefined;
}

/** Those that the commit tells of; a journal of something else is of no use. */
function keptStates({ notes }: DutyContext, { round, commit }: OwnWork): readonly (SegmentState | undefined)[] {
  const states = notes.slot(round.number)?.states ?? [];
  return commit.segments.map((expected, index) => {
    const state = states[index];
    return state !== undefined && segmentDigest(state.weights, state.optimizer) === expected ? state : undefined;
  });
}

function isHere({ blobs }: DutyContext, { weights, optimizer }: SegmentState): boolean {
  return blobs.has(weights) && blobs.has(optimizer);
}

class Reached extends Error {}

async function rebuildState(
  context: DutyContext,
  work: OwnWork,
  index: number,
  signal: AbortSignal,
): Promise<SegmentState> {
  const start = slotStartOf(work.state, work.round, work.slot, work.commit);
  const made: SegmentState[] = [];
  const kept = keptStates(context, work);
  const from = kept.slice(0, index).findLastIndex((state) => state !== undefined && isHere(context, state));
  const known = kept.slice(0, from + 1).flatMap((state) => state ?? []);
  const reached = (): SegmentState | undefined => [...known, ...made][index];
  await context.queue
    .run(
      () => "rebuild",
      async ({ worker, signal: interrupted, giveWay }) => {
        const enough = new AbortController();
        const resumeFrom = [...known, ...made];
        const onSegment = (state: SegmentState): void => {
          made.push(state);
          context.keeper.keep("rebuilt state", [state.weights, state.optimizer]);
          if (reached() === undefined) giveWay();
          else enough.abort(new Reached());
        };
        await worker.train(start, { signal: AbortSignal.any([interrupted, enough.signal]), resumeFrom, onSegment });
      },
      signal,
    )
    .catch((error: unknown) => {
      if (reached() === undefined) throw error;
    });
  const state = reached();
  if (state === undefined) throw new Error("internal: the slot ended before its segment");
  return state;
}
