/** A network of this machine as people run it, by the command line, until its API has a model to write with. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

type Line = Readonly<Record<string, unknown>>;

const MAIN = join(import.meta.dirname, "../..", "packages/cli/src/main.ts");
const LOOK_MS = 100;

export class ServedNetwork {
  readonly url: string;
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    this.pid = child.pid!;
  }

  /** @param isReady For which line it is to be waited, besides a model. */
  static async start(args: readonly string[], isReady: (line: Line) => boolean): Promise<ServedNetwork> {
    const child = spawn(process.execPath, [MAIN, ...args, "--json"], { stdio: ["ignore", "pipe", "inherit"] });
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    createInterface({ input: child.stdout }).on("line", (text) => {
      const line = JSON.parse(text) as Line;
      if (typeof line.url === "string" && isReady(line)) resolve(line.url);
    });
    child.once("close", (code) => reject(new Error(`${args[0]} ended with exit code ${code}`)));
    const network = new ServedNetwork(child, await promise);
    while (!(await network.#hasModel())) await setTimeout(LOOK_MS);
    return network;
  }

  async stop(): Promise<void> {
    const closed = once(this.#child, "close");
    this.#child.kill("SIGINT");
    await closed;
  }

  async #hasModel(): Promise<boolean> {
    const { data } = (await (await fetch(`${this.url}/v1/models`)).json()) as { readonly data: readonly unknown[] };
    return data.length > 0;
  }
}
