/**
 * Runs arms two at a time, each on one thread. An arm that has been run is not run again: its answer is kept in a folder,
 * under the digest of its request, so an interrupted experiment goes on where it was.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { ArmAnswer, ArmPoint, ArmRequest } from "./armTask.ts";

const PROCESS = new URL("./armProcess.ts", import.meta.url).pathname;
const AT_ONCE = 2;

export interface NamedArm {
  readonly name: string;
  readonly request: ArmRequest;
}

export interface FinishedArm extends NamedArm {
  readonly answer: ArmAnswer;
}

export async function runArms(
  arms: readonly NamedArm[],
  folder: string,
  onProgress: (what: string) => void,
): Promise<readonly FinishedArm[]> {
  mkdirSync(folder, { recursive: true });
  const answers = new Map<string, ArmAnswer>();
  const waiting = [...arms];
  async function work(): Promise<void> {
    for (let arm = waiting.shift(); arm !== undefined; arm = waiting.shift()) {
      const path = join(folder, `${keyOf(arm.request)}.json`);
      if (!existsSync(path)) {
        const answer = await run(arm, onProgress);
        writeFileSync(path, JSON.stringify(answer));
      }
      answers.set(arm.name, JSON.parse(readFileSync(path, "utf8")) as ArmAnswer);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return arms.map((arm) => ({ ...arm, answer: answers.get(arm.name)! }));
}

/** The text by its name: wherever it lies, it is the same experiment. */
function keyOf(request: ArmRequest): string {
  const content = JSON.stringify({ ...request, text: basename(request.text) });
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

async function run({ name, request }: NamedArm, onProgress: (what: string) => void): Promise<ArmAnswer> {
  const child = spawn(process.execPath, [PROCESS, JSON.stringify(request)], { stdio: ["ignore", "pipe", "inherit"] });
  let answer: ArmAnswer | undefined;
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    const message = JSON.parse(line) as { readonly point?: ArmPoint; readonly answer?: ArmAnswer };
    answer = message.answer ?? answer;
    const { point } = message;
    if (point !== undefined)
      onProgress(`${name}: step ${point.step}, validation loss ${point.validationLoss.toFixed(4)}`);
  });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  lines.on("close", resolve);
  await ended;
  if (answer === undefined) throw new Error(`arm ${name} ended without an answer`);
  return answer;
}
