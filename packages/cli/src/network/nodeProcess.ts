/**
 * One node of a local network as a child process: its JSON lines as events, a new start when it dies, an orderly end.
 * The child is the `start` command of this same program, so whatever kills it leaves what a real node would leave.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface NodeProcessOptions {
  /** Arguments of the program, `start` first. */
  readonly args: readonly string[];
  /** A JSON line of the child. */
  readonly onEvent: (event: Readonly<Record<string, unknown>>) => void;
  /** It ended although nobody asked it to, and is started again after `restartMs`. */
  readonly onDeath: (death: { readonly reason: string; readonly restartMs: number }) => void;
}

const FIRST_RESTART_MS = 2000;
const MOST_RESTART_MS = 30_000;
/** A child that lived this long was well: the next restart is quick again. */
const HEALTHY_MS = 60_000;
const ERROR_LINES = 5;

export class NodeProcess {
  readonly #options: NodeProcessOptions;
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #restartMs = FIRST_RESTART_MS;
  #isStopping = false;

  constructor(options: NodeProcessOptions) {
    this.#options = options;
    this.#start();
  }

  /** Undefined while it is down. */
  get processId(): number | undefined {
    return this.#child?.pid;
  }

  /** SIGTERM, and SIGKILL for a child that does not end in its time. Returns whether it ended by itself. */
  async stop(mostMs: number): Promise<boolean> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined) return true;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    child.once("close", () => resolve());
    child.kill("SIGTERM");
    let isKilled = false;
    const killer = setTimeout(() => {
      isKilled = child.kill("SIGKILL");
    }, mostMs);
    await ended;
    clearTimeout(killer);
    return !isKilled;
  }

  #start(): void {
    const startedMs = performance.now();
    // A group of its own: Ctrl-C at the terminal reaches the parent alone, which then stops the children in order.
    const [, main = ""] = process.argv;
    const child = spawn(process.execPath, [main, ...this.#options.args], {
      // Its stdin ends with this process, however that ends.
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    this.#child = child;
    const errors: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => this.#read(line));
    createInterface({ input: child.stderr }).on("line", (line) => {
      errors.push(line);
      if (errors.length > ERROR_LINES) errors.shift();
    });
    child.on("error", (error) => errors.push(error.message));
    child.on("close", (code, signal) => {
      this.#child = undefined;
      if (this.#isStopping) return;
      if (performance.now() - startedMs > HEALTHY_MS) this.#restartMs = FIRST_RESTART_MS;
      const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
      const restartMs = this.#restartMs;
      this.#restartMs = Math.min(MOST_RESTART_MS, 2 * restartMs);
      this.#options.onDeath({ reason: [how, ...errors].join(": "), restartMs });
      this.#timer = setTimeout(() => this.#start(), restartMs);
    });
  }

  #read(line: string): void {
    let event: unknown;
    try {
      event = JSON.parse(line);
    } catch {
      // A line that was cut by the death of the child.
      return;
    }
    if (typeof event === "object" && event !== null) this.#options.onEvent(event as Record<string, unknown>);
  }
}
