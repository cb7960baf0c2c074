/** `npm run gates`: runs the chosen gates one after another; fails when one of them does. Reading order: options, harness/gate. */
import { writeFileSync } from "node:fs";
import { churn } from "./churn.ts";
import type { Gate, GateReport } from "./harness/gate.ts";
import { BadOption, type GateName, type Options, parseOptions, usage } from "./options.ts";
import { restart } from "./restart.ts";
import { smoke } from "./smoke.ts";
import { threeNodes } from "./threeNodes.ts";
import { tiny } from "./tiny.ts";

const gates: { readonly [N in GateName]: Gate } = {
  smoke,
  tiny,
  "three-nodes": threeNodes,
  churn,
  restart,
};

function tell({ gate, passed, checks, figures }: GateReport): void {
  console.log(`${gate}: ${passed ? "passed" : "FAILED"}`);
  for (const { name, isPassed, detail } of checks) console.log(`  ${isPassed ? "ok  " : "FAIL"} ${name}: ${detail}`);
  const { rounds, innerSteps, seconds, tokensPerSecond } = figures;
  console.log(
    `  ${rounds} rounds, ${innerSteps} steps in ${seconds.toFixed(0)} s, ${tokensPerSecond.toFixed(0)} tokens/s`,
  );
}

async function run(options: Options): Promise<void> {
  const reports: GateReport[] = [];
  for (const name of options.only) {
    const startedMs = performance.now();
    const seconds = (): string => `${((performance.now() - startedMs) / 1000).toFixed(0)} s`;
    const onProgress = (what: string): void => console.error(`[${name}, ${seconds()}] ${what}`);
    try {
      const report = await gates[name]({ ...options, onProgress });
      reports.push(report);
      tell(report);
      if (!report.passed) process.exitCode = 1;
    } catch (error) {
      console.error(`gates: ${name} could not run:`, error);
      process.exitCode = 1;
    }
    if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(reports, null, 2)}\n`);
  }
}

try {
  await run(parseOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof BadOption)) throw error;
  console.error(`gates: ${error.message}\nusage: ${usage}`);
  process.exitCode = 2;
}
