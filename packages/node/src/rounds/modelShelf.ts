/**
 * Models of the network on this machine: computed from the contributions that were included, where the model before is here,
 * else fetched by digest from whoever has them. Spec: spec/rounds.md#R7.
 */
import { type Digest, type ModelDigest, type RoundRecord, roundKey, type State, slotKey } from "@neuroshard/protocol";
import type { BlobFetcher, WantedBlob } from "./blobFetcher.ts";
import type { BlobKeeper } from "./blobKeeper.ts";
import type { RoundBlobs, RoundDriverOptions } from "./roundPorts.ts";
import { blobSizesOf, recipeOf, rulesOf } from "./slotStart.ts";
import type { TimeKeeper } from "./timeKeeper.ts";
import type { WorkQueue } from "./workQueue.ts";

/** A model that this machine computed and the network did not agree with is told once. */
const KEPT_STEPS = 4;

export interface ModelShelfParts extends Pick<RoundDriverOptions, "blobs" | "onEvent"> {
  readonly queue: WorkQueue;
  readonly fetcher: BlobFetcher;
  readonly keeper: BlobKeeper;
  readonly times: TimeKeeper;
  /** Aborted when the node stops. */
  readonly signal: AbortSignal;
}

export class ModelShelf {
  readonly #parts: ModelShelfParts;
  readonly #blobs: RoundBlobs;
  readonly #steps = new Map<number, Promise<ModelDigest>>();
  readonly #disagreed = new Set<number>();

  constructor(parts: ModelShelfParts) {
    this.#parts = parts;
    this.#blobs = parts.blobs;
  }

  has({ weights, momentum }: ModelDigest): boolean {
    return this.#blobs.has(weights) && this.#blobs.has(momentum);
  }

  /** The newest finalised model of the state is here when it resolves. */
  async ensureNewest(state: State, signal: AbortSignal): Promise<void> {
    const { model, modelRound } = state.cells.training;
    if (this.has(model)) return;
    const round = state.tables.rounds.get(roundKey(modelRound));
    if (modelRound === 0) await this.#makeFirst(model, signal);
    else if (round !== undefined && this.has(round.baseModel)) await this.#remake(state, round);
    if (this.has(model)) return;
    const holders = round?.slots.map(({ device }) => device) ?? [];
    const { values: mostBytes } = blobSizesOf(recipeOf(state));
    const wanted = [model.weights, model.momentum].map((digest) => ({ digest, mostBytes, holders }));
    await this.#parts.times.measure(modelRound, "network", () => this.#parts.fetcher.fetch(wanted, signal));
  }

  /** What the outer step of a round gives here; computed once. Its contributions are fetched where they are missing. */
  outerStep(state: State, round: RoundRecord): Promise<ModelDigest> {
    const known = this.#steps.get(round.number);
    if (known !== undefined) return known;
    const step = this.#step(state, round);
    this.#steps.set(round.number, step);
    step.catch(() => this.#steps.delete(round.number));
    for (const old of this.#steps.keys()) if (old <= round.number - KEPT_STEPS) this.#steps.delete(old);
    return step;
  }

  /** Tells the operator where the network finalised another model than this machine found. */
  async compare({ number, model }: RoundRecord): Promise<void> {
    const own = await this.#steps.get(number)?.catch(() => undefined);
    if (own === undefined || model === null || this.#disagreed.has(number)) return;
    if (own.weights === model.weights && own.momentum === model.momentum) return;
    this.#disagreed.add(number);
    this.#parts.onEvent({ kind: "disagreement", round: number, own, final: model });
  }

  async #makeFirst(expected: ModelDigest, signal: AbortSignal): Promise<void> {
    const rank = () => "round" as const;
    const own = await this.#parts.queue.run(rank, ({ worker }) => worker.initialModel(), signal);
    if (own.weights === expected.weights && own.momentum === expected.momentum) return;
    if (this.#disagreed.has(0)) return;
    this.#disagreed.add(0);
    this.#parts.onEvent({ kind: "disagreement", round: 0, own, final: expected });
  }

  async #remake(state: State, round: RoundRecord): Promise<void> {
    // Where contributions are gone by now, the model itself is fetched.
    await this.outerStep(state, round).catch(() => undefined);
    await this.compare(round);
  }

  async #step(state: State, round: RoundRecord): Promise<ModelDigest> {
    const { fetcher, keeper, queue, times, signal } = this.#parts;
    const { number, baseModel } = round;
    if (!this.has(baseModel)) await this.ensureNewest(state, signal);
    const wanted = includedDeltas(state, round);
    await times.measure(number, "network", () => fetcher.fetch(wanted, signal));
    const deltas: readonly Digest[] = wanted.map(({ digest }) => digest);
    const request = { baseModel, deltas, rules: rulesOf(state, round) };
    const { model, ms } = await queue.run(
      () => "round",
      ({ worker }) => worker.outerStep(request),
      signal,
    );
    // Until the network has agreed on it, the state does not name it.
    keeper.keep("outer step", [model.weights, model.momentum]);
    times.add(number, "outer", ms);
    return model;
  }
}

/** In the order of the slots. */
function includedDeltas({ tables }: State, { number, slots }: RoundRecord): readonly WantedBlob[] {
  return slots.flatMap(({ inclusion, device }, slot) => {
    const commit = tables.commits.get(slotKey(number, slot))?.commit;
    if (inclusion !== "included" || commit === undefined) return [];
    return { digest: commit.delta, mostBytes: commit.deltaBytes, holders: [device] };
  });
}
