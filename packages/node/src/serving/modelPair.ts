/**
 * Two places for models in one engine: while texts go on with the model they began with, the next one is made ready in the
 * other place. A third one waits until a place is free; a text ends when the context is full at the latest.
 */
import { BatchDecoder, ParameterStore } from "@neuroshard/model";
import type { TrainingGenesis } from "@neuroshard/protocol";
import type { Engine } from "@neuroshard/tensor";
import { configOf } from "../rounds/networkModel.ts";
import type { BatchScheduler, SlotModel } from "./batchScheduler.ts";

interface Place {
  readonly store: ParameterStore;
  readonly decoder: BatchDecoder;
}

export interface NextModel {
  readonly number: number;
  /** All parameters in the order in which a store has them. */
  readonly weights: Uint8Array;
}

export class ModelPair {
  readonly #engine: Engine;
  readonly #scheduler: BatchScheduler;
  readonly #places: readonly Place[];
  #current: Place | undefined;
  #next: NextModel | undefined;

  /** Throws NodeError BAD_GENESIS, EngineError. */
  constructor(engine: Engine, training: TrainingGenesis, slots: number, scheduler: BatchScheduler) {
    this.#engine = engine;
    this.#scheduler = scheduler;
    const config = configOf(training);
    this.#places = Array.from({ length: 2 }, () => {
      const store = new ParameterStore(engine, config, "inference");
      return { store, decoder: new BatchDecoder(engine, store, { mode: training.mode, weights: "float", slots }) };
    });
  }

  /** In place of one that still waits. */
  offer(model: NextModel): void {
    this.#next = model;
  }

  /** Makes the model that waits the one for new texts, where there is a place for it; returns it then. */
  turn(): SlotModel | undefined {
    const next = this.#next;
    const place = this.#places.find((each) => each !== this.#current && !this.#scheduler.isUsed(each.decoder));
    if (next === undefined || place === undefined) return undefined;
    this.#next = undefined;
    const { store, decoder } = place;
    const values = this.#engine.floats(store.address("weights"), store.count);
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength).set(next.weights);
    decoder.refresh();
    this.#current = place;
    const model: SlotModel = { number: next.number, decoder };
    this.#scheduler.use(model);
    return model;
  }
}
