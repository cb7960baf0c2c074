/** `npm run sim`: runs manifests, or networks drawn by seed, and prints what came of them and which invariants they broke. */
import { readFileSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { violationsIn } from "./src/invariants.ts";
import type { Manifest } from "./src/manifest.ts";
import { parseManifest } from "./src/parseManifest.ts";
import { randomManifest } from "./src/randomManifest.ts";
import { runManifest } from "./src/runManifest.ts";

const USAGE = "usage: npm run sim -- MANIFEST.json... | --random SEED [--count N]";

function manifestsOf(args: readonly string[]): readonly Manifest[] {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { random: { type: "string" }, count: { type: "string", default: "1" } },
  });
  if (values.random === undefined) return positionals.map((path) => parseManifest(readFileSync(path, "utf8")));
  const [seed, count] = [Number(values.random), Number(values.count)];
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(count) || count < 1) return [];
  return Array.from({ length: count }, (_, index) => randomManifest(seed + index));
}

/** Returns whether all invariants hold. */
async function run(manifest: Manifest): Promise<boolean> {
  const report = await runManifest(manifest);
  const violations = violationsIn(report);
  console.log(JSON.stringify({ manifest, report, violations }, undefined, 2));
  const verdict = violations.length === 0 ? "all invariants hold" : `${violations.length} violations`;
  console.error(`${manifest.name}: ${report.rounds.length} rounds, ${verdict}`);
  for (const { invariant, detail } of violations) console.error(`  ${invariant}: ${detail}`);
  return violations.length === 0;
}

try {
  const manifests = manifestsOf(process.argv.slice(2));
  if (manifests.length === 0) throw new Error(USAGE);
  for (const manifest of manifests) if (!(await run(manifest))) process.exitCode = 1;
} catch (error) {
  console.error(`sim: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
