/**
 * What a node does for the rounds of its network: after each block it looks at the state and sees to all that this device
 * owes. The state machine decides; this is its effect side. The same code runs in nodes and, in virtual time, in simulations.
 */
import { audit } from "./audit.ts";
import { BlobFetcher } from "./blobFetcher.ts";
import { BlobKeeper } from "./blobKeeper.ts";
import type { Duty, DutyContext, Occasion } from "./duty.ts";
import { exchange } from "./exchange.ts";
import { housekeeping } from "./housekeeping.ts";
import { Jobs } from "./jobs.ts";
import { liveness } from "./liveness.ts";
import { ModelShelf } from "./modelShelf.ts";
import { type Moment, momentOf } from "./moment.ts";
import { outer } from "./outer.ts";
import type { RoundEvent } from "./roundEvent.ts";
import { RoundJournal } from "./roundJournal.ts";
import type { RoundDriverOptions } from "./roundPorts.ts";
import { serveStates } from "./serveStates.ts";
import { syncModel } from "./syncModel.ts";
import { tellChanges } from "./tellChanges.ts";
import { TimeKeeper } from "./timeKeeper.ts";
import { train } from "./train.ts";
import { WorkQueue } from "./workQueue.ts";

export interface RoundStatus {
  /** 0 before the first round. */
  readonly round: number;
  readonly phase: string;
  /** Of this device; undefined where it has none in the round. */
  readonly slot: number | undefined;
  readonly steps: number;
  readonly stepsOf: number;
  /** Nats; of the newest segment. */
  readonly loss: number | undefined;
  readonly tokensPerSecond: number | undefined;
  readonly peers: number;
}

export interface RoundDriver {
  status(): RoundStatus;
  /** All jobs have ended when it resolves. */
  stop(): Promise<void>;
}

/** In the order in which they look. */
const DUTIES: readonly ((context: DutyContext) => Duty)[] = [
  tellChanges,
  syncModel,
  liveness,
  train,
  exchange,
  outer,
  audit,
  housekeeping,
];

export async function startRoundDriver(options: RoundDriverOptions): Promise<RoundDriver> {
  const journal = await RoundJournal.open(options.journal);
  return new Driver(options, journal);
}

class Driver implements RoundDriver {
  readonly #options: RoundDriverOptions;
  readonly #jobs: Jobs;
  readonly #duties: readonly Duty[];
  readonly #stopping = new AbortController();
  readonly #unsubscribe: () => void;
  #progress: Extract<RoundEvent, { readonly kind: "progress" }> | undefined;
  #isLookDue = false;

  constructor(options: RoundDriverOptions, notes: RoundJournal) {
    this.#options = options;
    const { clock, network, blobs, chain, worker } = options;
    const onEvent = (event: RoundEvent): void => this.#tell(event);
    const onTrouble = (message: string): void => onEvent({ kind: "trouble", message });
    const jobs = new Jobs({ clock, onTrouble, onDone: () => this.#lookSoon() });
    const queue = new WorkQueue(worker);
    const fetcher = new BlobFetcher(network, blobs);
    const keeper = new BlobKeeper(blobs);
    const times = new TimeKeeper(clock);
    const { signal } = this.#stopping;
    const models = new ModelShelf({ queue, fetcher, keeper, times, blobs, onEvent, signal });
    const context: DutyContext = { ...options, onEvent, jobs, queue, fetcher, keeper, notes, models, times };
    this.#jobs = jobs;
    this.#duties = DUTIES.map((duty) => duty(context));
    serveStates(context, signal);
    this.#unsubscribe = chain.subscribe(() => this.#look("block"));
    this.#look("block");
  }

  status(): RoundStatus {
    const { round, slot } = this.#moment();
    const progress = this.#progress?.round === round?.number ? this.#progress : undefined;
    return {
      round: round?.number ?? 0,
      phase: round?.phase ?? "idle",
      slot: slot?.index,
      steps: progress?.steps ?? 0,
      stepsOf: slot?.record.steps ?? 0,
      loss: this.#progress?.loss,
      tokensPerSecond: this.#progress?.tokensPerSecond,
      peers: this.#options.network.peers().length,
    };
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#stopping.abort(new Error("the node stops"));
    await this.#jobs.stop();
  }

  #moment(): Moment {
    const { chain, device } = this.#options;
    return momentOf(chain.state(), device);
  }

  #look(occasion: Occasion): void {
    if (this.#stopping.signal.aborted || this.#options.chain.state().cells.recipe === null) return;
    const moment = this.#moment();
    for (const duty of this.#duties) {
      try {
        duty.look(moment, occasion);
      } catch (error) {
        // The other duties are still owed.
        this.#tell({ kind: "trouble", message: error instanceof Error ? error.message : String(error) });
      }
    }
    this.#jobs.sweep();
  }

  /** Once for all jobs that end at the same time. */
  #lookSoon(): void {
    if (this.#isLookDue) return;
    this.#isLookDue = true;
    queueMicrotask(() => {
      this.#isLookDue = false;
      this.#look("job");
    });
  }

  #tell(event: RoundEvent): void {
    if (event.kind === "progress") this.#progress = event;
    if (!this.#stopping.signal.aborted) this.#options.onEvent(event);
  }
}
