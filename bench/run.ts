/** `npm run bench`: measures the chosen sections one after another and keeps their results. Reading order: options, sections. */
import { writeFileSync } from "node:fs";
import { BadOption, commandFor, type Options, parseOptions, type SectionName, sectionNames, usage } from "./options.ts";
import { rawText, saveSection } from "./report/resultsFile.ts";
import { describeMachine, renderSection } from "./report/sectionText.ts";
import { measureBlobTransfer } from "./sections/blobTransfer.ts";
import { measureConvergence } from "./sections/convergence.ts";
import { measureDecode } from "./sections/decode.ts";
import { measureLedger } from "./sections/ledger.ts";
import { measureMemory } from "./sections/memory.ts";
import { measureOuterStep } from "./sections/outerStep.ts";
import { measureOverhead } from "./sections/overhead.ts";
import { measureProducts } from "./sections/products.ts";
import { measureQuality } from "./sections/quality.ts";
import { measureRoundWorker } from "./sections/roundWorker.ts";
import type { Section } from "./sections/section.ts";
import { measureServedTexts } from "./sections/servedTexts.ts";
import { measureServingDecode } from "./sections/servingDecode.ts";
import { measureTokenizer } from "./sections/tokenizer.ts";
import { measureTrainingSpeed } from "./sections/trainingSpeed.ts";

const sections: { readonly [S in SectionName]: Section } = {
  train: { title: "Training step", measure: measureTrainingSpeed },
  memory: { title: "Memory of a training step", measure: measureMemory },
  decode: { title: "Generation", measure: measureDecode },
  texts: { title: "Texts over HTTP", measure: measureServedTexts },
  serving: { title: "Generation of many streams", measure: measureServingDecode },
  products: { title: "Plain products", measure: measureProducts },
  tokenizer: { title: "Tokenizer", measure: measureTokenizer },
  ledger: { title: "Ledger", measure: measureLedger },
  blobs: { title: "Blob transfer", measure: measureBlobTransfer },
  rounds: { title: "Work of a round", measure: measureRoundWorker },
  outer: { title: "Outer step", measure: measureOuterStep },
  quality: { title: "What training reaches", measure: measureQuality },
  convergence: { title: "What rounds reach", measure: measureConvergence },
  overhead: { title: "Overhead of a network", measure: measureOverhead },
};

/** Returns the raw record that RESULTS.json keeps. */
async function runSection(name: SectionName, options: Options): Promise<object> {
  const startedAt = performance.now();
  const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  const onProgress = (what: string): void => console.error(`[${name}, ${seconds()}] ${what}`);
  const { title, measure } = sections[name];
  const result = await measure({ options, onProgress });
  const provenance = {
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    command: commandFor(name, options),
  };
  const markdown = renderSection(title, provenance, result);
  const raw = { ...provenance, ...result.raw };
  saveSection(options.results, { name, markdown, raw }, sectionNames);
  console.log(`${markdown}\n`);
  onProgress("done");
  return raw;
}

async function run(options: Options): Promise<void> {
  const raw: Partial<Record<SectionName, object>> = {};
  for (const name of options.only) {
    try {
      raw[name] = await runSection(name, options);
    } catch (error) {
      console.error(`bench: section ${name} failed:`, error);
      process.exitCode = 1;
    }
  }
  if (options.json !== undefined) writeFileSync(options.json, rawText(raw));
}

try {
  await run(parseOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof BadOption)) throw error;
  console.error(`bench: ${error.message}\nusage: ${usage}`);
  process.exitCode = 2;
}
