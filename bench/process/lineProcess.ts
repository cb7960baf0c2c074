/** A child process of a benchmark run: it answers a line of JSON with a line of JSON. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** A process that was told to end and does not is ended. */
const CLOSE_MILLISECONDS = 5000;
const KEPT_STDERR_CHARACTERS = 4000;

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

/** A long-lived process with a JSON-lines protocol. It answers requests in order. */
export class LineProcess {
  readonly #ended: Promise<void>;
  readonly #child: Child;
  readonly #waiting: Waiting[] = [];
  #stderr = "";
  #fault: Error | undefined;

  private constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#waiting.shift()?.resolve(line));
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR_CHARACTERS);
    });
    // Writing to a process that has just ended fails here too; its end is reported by what follows.
    this.#child.stdin.on("error", () => {});
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (error) => this.#end(error, resolve));
      this.#child.once("close", (code, signal) => this.#end(this.#describeEnd(code ?? signal), resolve));
    });
  }

  /** Starts a process and awaits its first line. Throws what the process says when it cannot start. */
  static async start<Greeting>(command: string, args: readonly string[]): Promise<readonly [LineProcess, Greeting]> {
    const started = new LineProcess(command, args);
    return [started, await started.#read<Greeting>()];
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error("internal: the process has not started");
    return pid;
  }

  /** Throws what the process answers as an error, or its last words when it ends instead of answering. */
  ask<Answer>(request: object): Promise<Answer> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#read<Answer>();
  }

  async #read<Answer>(): Promise<Answer> {
    if (this.#fault !== undefined) throw this.#fault;
    const line = await new Promise<string>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    const answer = JSON.parse(line) as Answer | { readonly error: string };
    if (typeof answer === "object" && answer !== null && "error" in answer) throw new Error(answer.error);
    return answer;
  }

  async close(): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), CLOSE_MILLISECONDS);
    await this.#ended;
    clearTimeout(timer);
  }

  #describeEnd(how: number | string | null): Error {
    const lastWords = this.#stderr.trim().split("\n").at(-1);
    return new Error(lastWords || `the process ended with ${how}`);
  }

  #end(error: Error, resolve: () => void): void {
    this.#fault ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#fault);
    resolve();
  }
}
