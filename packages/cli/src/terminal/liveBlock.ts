/** A few lines at the bottom of a terminal that are rewritten in place, with lasting lines scrolling away above them. */
import { stripVTControlCharacters } from "node:util";

export interface TerminalStream {
  write(text: string): unknown;
  readonly columns?: number;
  readonly rows?: number;
}

const FALLBACK_COLUMNS = 80;
const FALLBACK_ROWS = 24;
const ERASE_TO_END_OF_SCREEN = "\x1b[J";

export class LiveBlock {
  readonly #stream: TerminalStream;
  #lineCount = 0;

  constructor(stream: TerminalStream) {
    this.#stream = stream;
  }

  /** Characters that fit into a line. The last column stays free: filling it makes some terminals wrap. */
  get width(): number {
    return Math.max(20, (this.#stream.columns || FALLBACK_COLUMNS) - 1);
  }

  /** Lines that can be rewritten: what has scrolled off the top is out of reach. */
  get height(): number {
    return Math.max(1, (this.#stream.rows || FALLBACK_ROWS) - 1);
  }

  draw(lines: readonly string[]): void {
    const visible = lines.slice(0, this.height).map((line) => clip(line, this.width));
    this.#stream.write(`${this.#toTop()}${visible.join("\n")}`);
    this.#lineCount = visible.length;
  }

  /** Writes a line that stays. The block is gone until it is drawn again. */
  print(line: string): void {
    this.#stream.write(`${this.#toTop()}${line}\n`);
    this.#lineCount = 0;
  }

  clear(): void {
    this.#stream.write(this.#toTop());
    this.#lineCount = 0;
  }

  #toTop(): string {
    if (this.#lineCount === 0) return "";
    const up = this.#lineCount === 1 ? "" : `\x1b[${this.#lineCount - 1}A`;
    return `\r${up}${ERASE_TO_END_OF_SCREEN}`;
  }
}

/** Cuts a line that is too long; a cut line loses its colours, since an escape sequence might be cut too. */
function clip(line: string, width: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length <= width ? line : plain.slice(0, width);
}
