/**
 * Long work in slices between which the node does everything else: the first slice at once, so that what is short is done
 * when the caller goes on, the others whenever there is time.
 */

export interface SlicedJob {
  /** Returns whether there is more to do. Called until there is not. */
  step(): boolean;
  /** What a later slice threw, which ends the work; what the first one throws is the caller's. */
  onFault(error: unknown): void;
}

const SLICE_MS = 10;

export class SlicedWork {
  readonly #job: SlicedJob;
  #timer: NodeJS.Immediate | undefined;
  #isDone = false;

  constructor(job: SlicedJob) {
    this.#job = job;
    this.#slice();
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  stop(): void {
    clearImmediate(this.#timer);
  }

  #slice(): void {
    const endMs = performance.now() + SLICE_MS;
    while (!this.#isDone && performance.now() < endMs) this.#isDone = !this.#job.step();
    if (!this.#isDone) this.#timer = setImmediate(() => this.#continue()).unref();
  }

  #continue(): void {
    try {
      this.#slice();
    } catch (error) {
      this.#job.onFault(error);
    }
  }
}
