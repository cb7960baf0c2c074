/**
 * Anybody replays one part of somebody's work, from public data: the chain, and blobs that peers have. The digest that it
 * finds is the committed one, or the work was wrong. For `neuroshard verify`.
 */
import { type Clock, NetworkError, type PeerNetwork } from "@neuroshard/network";
import { committedDigest, type Digest, roundKey, type State, slotKey } from "@neuroshard/protocol";
import type { RoundWorker } from "@neuroshard/training";
import { NodeError } from "../nodeError.ts";
import { BlobFetcher } from "./blobFetcher.ts";
import { BlobKeeper } from "./blobKeeper.ts";
import { fetchPartBlobs, fetchPartStart, type Part, type PartPorts, type StartState } from "./partStart.ts";
import type { RoundBlobs } from "./roundPorts.ts";
import { runToPart } from "./runToPart.ts";
import { slotStartOf } from "./slotStart.ts";

export interface VerifySegmentOptions {
  readonly round: number;
  readonly slot: number;
  /** As many as the work has segments: the compression step after them. */
  readonly segment: number;
  readonly state: State;
  readonly network: PeerNetwork;
  readonly worker: RoundWorker;
  readonly blobs: RoundBlobs;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface VerifiedSegment {
  readonly committed: Digest;
  readonly found: Digest;
  readonly isSame: boolean;
  /** Milliseconds. */
  readonly fetchMs: number;
  readonly replayMs: number;
}

/** Throws NodeError NO_WORK, and NetworkError where what is needed cannot be had. */
export async function verifySegment(options: VerifySegmentOptions): Promise<VerifiedSegment> {
  const { network, blobs, clock, worker, signal, state, segment, slot } = options;
  const part = partToVerify(options);
  const startedMs = clock.nowMs();
  const parts = { fetcher: new BlobFetcher(network, blobs), keeper: new BlobKeeper(blobs) };
  const ports = { network, purpose: "verification", ...parts };
  const from = await startOf(part, ports, options);
  const fetchedMs = clock.nowMs();
  const start = slotStartOf(state, part.round, slot, part.commit);
  const answer = await worker.replay({ start, segment, interiorStep: 1, from }, signal);
  if (answer.kind !== "replayed") throw new Error("internal: a replay without an end");
  const committed = committedDigest(part.commit, segment);
  return {
    ...{ committed, found: answer.end, isSame: answer.end === committed },
    ...{ fetchMs: fetchedMs - startedMs, replayMs: clock.nowMs() - fetchedMs },
  };
}

/** Trainers serve states until their work is paid. Later the start of the slot is enough: everything follows from it. */
async function startOf(part: Part, ports: PartPorts, { worker, signal }: VerifySegmentOptions): Promise<StartState> {
  try {
    return await fetchPartStart(part, ports, signal);
  } catch (error) {
    if (!(error instanceof NetworkError) || part.segment === 0) throw error;
    await fetchPartStart({ ...part, segment: 0 }, ports, signal);
    const state = await runToPart(part, worker, signal);
    await fetchPartBlobs(part, state, ports, signal);
    return state;
  }
}

/** Throws NodeError NO_WORK where the chain knows of no such part. */
export function partToVerify({
  state,
  round: number,
  slot,
  segment,
}: Pick<VerifySegmentOptions, "state" | "round" | "slot" | "segment">): Part {
  const round = state.tables.rounds.get(roundKey(number));
  const commit = state.tables.commits.get(slotKey(number, slot))?.commit;
  if (round === undefined) {
    throw new NodeError("NO_WORK", `the chain has no round ${number}; \`neuroshard rounds\` lists those that it keeps`);
  }
  if (commit === undefined) {
    const last = round.slots.length - 1;
    const cause = `slot ${slot} of round ${number} has committed to nothing`;
    throw new NodeError(
      "NO_WORK",
      `${cause}; the round has the slots 0 to ${last}, see \`neuroshard rounds ${number}\``,
    );
  }
  if (segment > commit.segments.length) {
    const last = `${commit.segments.length} is the compression step`;
    throw new NodeError("NO_WORK", `the work has no part ${segment}; its segments begin with 0, and ${last}`);
  }
  return { state, round, slot, commit, segment };
}
