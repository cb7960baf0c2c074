/** One part of somebody's work in a network, replayed on this machine by a visitor: what `neuroshard verify --round` does. */
import { NetworkError, realClock } from "@neuroshard/network";
import type { DeviceKey, Digest, State } from "@neuroshard/protocol";
import { NodeError } from "../nodeError.ts";
import { findNetwork } from "../peers/findNetwork.ts";
import { type Visit, type VisitOptions, visitNetwork } from "../peers/visitNetwork.ts";
import type { WantedBlob } from "./blobFetcher.ts";
import type { EngineChoice } from "./networkModel.ts";
import type { Part } from "./partStart.ts";
import { recipeOf } from "./slotStart.ts";
import { ThreadWorker } from "./threadWorker.ts";
import { partToVerify, type VerifiedSegment, verifySegment } from "./verifySegment.ts";

export interface VerifyNetworkSegmentOptions extends EngineChoice, VisitOptions {
  /** A home, a description of the network, or the address of a node. */
  readonly network: string;
  readonly round: number;
  readonly slot: number;
  readonly segment: number;
}

export interface VerifiedNetworkSegment extends VerifiedSegment {
  /** Whose work it is. */
  readonly device: DeviceKey;
  /** Of the slot; the compression step comes after them. */
  readonly segments: number;
  /** Milliseconds to find the network and its newest state. */
  readonly syncMs: number;
}

/** Throws NodeError NO_WORK, NOT_SERVED, SOURCE_UNREACHABLE, and what finding the network throws. */
export async function verifyNetworkSegment(options: VerifyNetworkSegmentOptions): Promise<VerifiedNetworkSegment> {
  const startedMs = realClock.nowMs();
  const visit = await visitNetwork(await findNetwork(options.network), options);
  try {
    const part = partToVerify({ ...options, state: visit.state });
    const { device } = part.round.slots[part.slot]!;
    await visit.meet(device);
    const syncMs = realClock.nowMs() - startedMs;
    visit.lend(namedBlobs(part));
    await visit.fetch(trainingData(visit.state));
    const verified = await replay(visit, options);
    return {
      ...verified,
      ...{ device, segments: part.commit.segments.length, syncMs },
    };
  } finally {
    await visit.close();
  }
}

function trainingData(state: State): readonly WantedBlob[] {
  const { tokenizer, trainTokens, validationTokens } = recipeOf(state);
  const parts = [tokenizer, trainTokens, validationTokens];
  return parts.map(({ digest, bytes }) => ({ digest, mostBytes: bytes, holders: [] }));
}

/** What the chain names of the work. */
function namedBlobs({ round, commit }: Part): readonly Digest[] {
  const { startOptimizer, startResidual, endWeights, endOptimizer } = commit;
  const named = [round.baseModel.weights, startOptimizer, startResidual, endWeights, endOptimizer];
  return named.flatMap((digest) => digest ?? []);
}

async function replay(visit: Visit, options: VerifyNetworkSegmentOptions): Promise<VerifiedSegment> {
  const { round, slot, segment, engine, threads, signal } = options;
  const { state, network, blobs } = visit;
  const worker = new ThreadWorker({ training: recipeOf(state), blobs, engine, threads });
  try {
    return await verifySegment({
      ...{ round, slot, segment, state, network, worker, blobs, signal },
      clock: realClock,
    });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const cause = `nobody who is connected serves what part ${segment} begins from (${error.message})`;
    throw new NodeError("NOT_SERVED", `${cause}; try again while its trainer runs`, { cause: error });
  } finally {
    await worker.close();
  }
}
