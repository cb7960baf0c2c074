/** `neuroshard doctor`: looks at this machine as a node would use it, and says what to do about each thing that is not well. */
import { styleText } from "node:util";
import { benchEngine } from "@neuroshard/node";
import { createClient, getStatus, NeuroError } from "@neuroshard/sdk";
import type { AnsweringNode, Examined, Finding, Verdict } from "../doctor/check.ts";
import { CHECKS, type CheckName } from "../doctor/checks.ts";
import { type NodeFlags, nodeOptions } from "../options/network.ts";
import { nameOption, wholeNumberOption } from "../options/option.ts";
import { type HomeFlag, homeOption } from "../options/wallet.ts";
import { Refusal } from "../refusal.ts";
import { printJson, type Surface } from "../terminal/surface.ts";
import type { CommandDefinition } from "./command.ts";

interface DoctorFlags extends HomeFlag, NodeFlags {
  readonly host: string;
  readonly port: number;
  readonly threads?: number;
  readonly preset: string;
}

interface Named extends Finding {
  readonly name: CheckName;
}

const MEASURED_SECONDS = 1;
const SIGNS: {
  readonly [V in Verdict]: { readonly sign: string; readonly colour: "green" | "yellow" | "red" | "dim" };
} = {
  good: { sign: "ok", colour: "green" },
  notice: { sign: "note", colour: "yellow" },
  problem: { sign: "bad", colour: "red" },
  unknown: { sign: "?", colour: "dim" },
};

export const doctor: CommandDefinition<DoctorFlags> = {
  name: "doctor",
  summary:
    "examine this machine and its node: processor, speed, memory, disk, clock, ports, reachability, expected reward",
  examples: ["doctor", "doctor --preset small --threads 4", "doctor --json"],
  options: [
    homeOption(),
    nameOption("--host <address>", "where a node would listen").default("127.0.0.1"),
    wholeNumberOption("--port <number>", "at which a node would listen", { least: 1, most: 65_535 }).default(8000),
    wholeNumberOption("--threads <count>", "threads to measure with", { least: 1, most: 64 }),
    nameOption("--preset <name>", "size of the model to measure with").default("nano"),
    ...nodeOptions(),
  ],
  required: [],
  async run({ json, node: url, ...flags }, surface) {
    const findings = await surface.interruption.graceful(async (signal) => {
      const { preset, threads } = flags;
      surface.stderr.write(`measuring ${preset} for ${2 * MEASURED_SECONDS} s\n`);
      const size = { preset, ...(threads !== undefined && { threads }), seconds: MEASURED_SECONDS };
      const measured = await benchEngine(size, signal);
      return examine({ ...flags, threads, measured, node: await answeringNode(url) });
    });
    if (json) printJson(surface, { findings });
    else tell(findings, surface);
    const problems = findings.filter(({ verdict }) => verdict === "problem").map(({ name }) => name);
    if (problems.length > 0) throw new Refusal(`not well: ${problems.join(", ")}; see the remedies above`);
  },
};

async function answeringNode(baseUrl: string): Promise<AnsweringNode | undefined> {
  const client = createClient({ baseUrl });
  try {
    return { client, status: await getStatus(client) };
  } catch (error) {
    if (error instanceof NeuroError && (error.code === "UNREACHABLE" || error.code === "TIMED_OUT")) return undefined;
    throw error;
  }
}

async function examine(examined: Examined): Promise<readonly Named[]> {
  const findings: Named[] = [];
  for (const name of Object.keys(CHECKS) as CheckName[]) {
    const finding = await CHECKS[name](examined);
    findings.push({ name, ...finding });
  }
  return findings;
}

function tell(findings: readonly Named[], { stdout }: Surface): void {
  const width = Math.max(...findings.map(({ name }) => name.length));
  for (const { name, verdict, found, remedy } of findings) {
    const { sign, colour } = SIGNS[verdict];
    const mark = styleText(colour, sign.padEnd(4), { stream: stdout });
    stdout.write(`${mark}  ${name.padEnd(width)}  ${found}\n`);
    if (remedy !== undefined)
      stdout.write(`${" ".repeat(8 + width)}${styleText("dim", `-> ${remedy}`, { stream: stdout })}\n`);
  }
}
