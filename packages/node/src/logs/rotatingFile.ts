/** A log file that is set aside when it is full: `node.log`, `node.log.1` before it, and so on; the oldest is removed. */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

export interface RotatingFileOptions {
  readonly path: string;
  /** Of one file. */
  readonly mostBytes: number;
  /** The present one included. */
  readonly files: number;
}

export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #file: number | undefined;
  #bytes = 0;
  #isBroken = false;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /** A disk that takes nothing more does not stop the node: what it would have held is lost until it takes something again. */
  write(line: string): void {
    try {
      const bytes = Buffer.byteLength(line);
      if (this.#file === undefined) this.#open();
      if (this.#bytes > 0 && this.#bytes + bytes > this.#options.mostBytes) this.#rotate();
      writeSync(this.#file!, line);
      this.#bytes += bytes;
      this.#isBroken = false;
    } catch {
      this.#isBroken = true;
    }
  }

  /** Whether the newest line is not on the disk. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #open(): void {
    const { path } = this.#options;
    mkdirSync(dirname(path), { recursive: true });
    // What the log tells is for whoever runs the node.
    this.#file = openSync(path, "a", 0o600);
    this.#bytes = fstatSync(this.#file).size;
  }

  #rotate(): void {
    const { path, files } = this.#options;
    this.close();
    rmSync(nameOf(path, files - 1), { force: true });
    for (let index = files - 2; index >= 0; index--) renameIfThere(nameOf(path, index), nameOf(path, index + 1));
    this.#open();
  }
}

function nameOf(path: string, index: number): string {
  return index === 0 ? path : `${path}.${index}`;
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
