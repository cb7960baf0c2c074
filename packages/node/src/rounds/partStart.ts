/**
 * Where the replay of a part of somebody's work begins: named by the chain, or asked of the trainer and checked against what
 * it committed to. Spec: spec/audits.md#A3.
 */
import { NetworkError, type PeerNetwork } from "@neuroshard/network";
import { type RoundRecord, type State, segmentDigest, type WorkCommit } from "@neuroshard/protocol";
import type { ReplayRequest, SegmentState } from "@neuroshard/training";
import type { BlobFetcher, WantedBlob } from "./blobFetcher.ts";
import type { BlobKeeper } from "./blobKeeper.ts";
import { blobSizesOf, recipeOf } from "./slotStart.ts";

export type StartState = ReplayRequest["from"];

/** A segment, or the compression step after the last one. */
export interface Part {
  readonly state: State;
  readonly round: RoundRecord;
  readonly slot: number;
  readonly commit: WorkCommit;
  readonly segment: number;
}

export interface PartPorts {
  readonly network: PeerNetwork;
  readonly fetcher: BlobFetcher;
  readonly keeper: BlobKeeper;
  readonly purpose: string;
}

/** All blobs of a replay are here when it resolves, and stay while they are kept for `purpose`. Throws NetworkError. */
export async function fetchPartStart(part: Part, ports: PartPorts, signal: AbortSignal): Promise<StartState> {
  const from = await startStateOf(part, ports, signal);
  await fetchPartBlobs(part, from, ports, signal);
  return from;
}

export async function fetchPartBlobs(
  part: Part,
  from: StartState,
  ports: PartPorts,
  signal: AbortSignal,
): Promise<void> {
  const wanted = blobsOf(part, from);
  ports.keeper.keep(
    ports.purpose,
    wanted.map(({ digest }) => digest),
  );
  await ports.fetcher.fetch(wanted, signal);
}

async function startStateOf(part: Part, ports: PartPorts, signal: AbortSignal): Promise<StartState> {
  const { round, commit, segment } = part;
  if (segment === 0) {
    return { weights: round.baseModel.weights, optimizer: commit.startOptimizer };
  }
  const end: SegmentState = { weights: commit.endWeights, optimizer: commit.endOptimizer };
  if (segment === commit.segments.length && isStateBefore(part, end)) return end;
  return await askTrainer(part, ports, signal);
}

async function askTrainer(part: Part, { network }: PartPorts, signal: AbortSignal): Promise<SegmentState> {
  const { round, slot, segment } = part;
  const { device } = round.slots[slot]!;
  const request = { round: round.number, slot, segment };
  const { state } = await network.request(device, "segmentState", request, signal);
  if (state === null) throw new NetworkError("NOT_FOUND", `the trainer has no state before part ${segment}`);
  if (isStateBefore(part, state)) return state;
  network.report(device, "wrong-digest");
  throw new NetworkError("MALFORMED", "the trainer gave a state that it did not commit to");
}

function isStateBefore({ commit, segment }: Part, { weights, optimizer }: SegmentState): boolean {
  return segmentDigest(weights, optimizer) === commit.segments[segment - 1];
}

function blobsOf({ state, round, slot, commit, segment }: Part, from: StartState): readonly WantedBlob[] {
  const { values, optimizer } = blobSizesOf(recipeOf(state));
  const holders = [round.slots[slot]!.device];
  const weights = { digest: from.weights, mostBytes: values, holders };
  if (segment < commit.segments.length) {
    // What begins with zeros needs no blob of them.
    return from.optimizer === null ? [weights] : [weights, { digest: from.optimizer, mostBytes: optimizer, holders }];
  }
  const base = { digest: round.baseModel.weights, mostBytes: values, holders };
  const { startResidual } = commit;
  return startResidual === null
    ? [weights, base]
    : [weights, base, { digest: startResidual, mostBytes: values, holders }];
}
