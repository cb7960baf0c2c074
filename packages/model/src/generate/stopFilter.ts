/** Text as it may be shown: ends before a stop string, and holds back what could still become one. */
export class StopFilter {
  readonly #stops: readonly string[];
  #held = "";
  #stopped = false;

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop.length > 0);
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Takes new text and returns what can be shown now. */
  push(text: string): string {
    if (this.#stopped) return "";
    this.#held += text;
    const found = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((at) => at >= 0);
    if (found.length > 0) {
      this.#stopped = true;
      return this.#release(Math.min(...found));
    }
    return this.#release(this.#held.length - this.#longestStart());
  }

  /** The rest, when the text has ended. */
  end(): string {
    return this.#stopped ? "" : this.#release(this.#held.length);
  }

  #release(length: number): string {
    const shown = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return shown;
  }

  /** Length of the longest end of the text that begins a stop string. */
  #longestStart(): number {
    let longest = 0;
    for (const stop of this.#stops)
      for (let n = Math.min(stop.length - 1, this.#held.length); n > longest; n--)
        if (this.#held.endsWith(stop.slice(0, n))) longest = n;
    return longest;
  }
}
