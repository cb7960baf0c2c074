/** Tokens per second over the last few seconds. */

const WINDOW_MILLISECONDS = 3000;

export class Speedometer {
  #marks: { readonly at: number; readonly tokens: number }[] = [{ at: performance.now(), tokens: 0 }];
  #tokens = 0;

  /** Counts tokens that have just been done and returns the present speed. */
  count(tokens: number): number {
    this.#tokens += tokens;
    const now = performance.now();
    this.#marks.push({ at: now, tokens: this.#tokens });
    while (this.#marks.length > 2 && now - this.#marks[1]!.at > WINDOW_MILLISECONDS) this.#marks.shift();
    const oldest = this.#marks[0]!;
    return ((this.#tokens - oldest.tokens) * 1000) / Math.max(1e-3, now - oldest.at);
  }

  /** Leaves out the time since the last count: it was spent on something else. */
  skip(): void {
    this.#marks = [{ at: performance.now(), tokens: this.#tokens }];
  }
}
