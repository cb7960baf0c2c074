/** The named networks of `sim/manifests`, and some that nobody has named: all invariants hold, and what they are about happens. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ONE } from "@neuroshard/protocol";
import { describe, expect, test } from "vitest";
import { violationsIn } from "../src/invariants.ts";
import type { Manifest } from "../src/manifest.ts";
import { parseManifest } from "../src/parseManifest.ts";
import { randomManifest } from "../src/randomManifest.ts";
import type { NodeReport, SimReport } from "../src/report.ts";
import { runManifest } from "../src/runManifest.ts";

const FOLDER = join(import.meta.dirname, "..", "manifests");

const named = (name: string): Manifest => parseManifest(readFileSync(join(FOLDER, `${name}.json`), "utf8"));

/** Without any violation. */
async function reportOf(manifest: Manifest): Promise<SimReport> {
  const report = await runManifest(manifest);
  expect(violationsIn(report)).toEqual([]);
  return report;
}

function nodeIn({ nodes }: SimReport, name: string): NodeReport {
  const node = nodes.find((each) => each.name === name);
  if (node === undefined) throw new Error(`there is no node ${name}`);
  return node;
}

describe("honest networks", () => {
  test("honest-3: everybody has each model, and all work is found honest", async () => {
    const { rounds, audits } = await reportOf(named("honest-3"));
    for (const { modelsByNode } of rounds) expect(Object.keys(modelsByNode).sort()).toEqual(["ada", "bea", "cyd"]);
    expect(Object.keys(audits)).toEqual(["honest"]);
  });

  test("churn: each fault happens and ends, and all take part again", async () => {
    const { faults, rounds } = await reportOf(named("churn"));
    expect(faults.map(({ kind }) => kind)).toEqual(["kill", "pause", "disconnect", "kill"]);
    for (const { fromMs, untilMs, forMs } of faults) expect(untilMs).toBe(fromMs + forMs);
    expect(rounds.at(-1)?.included).toBe(5);
  });

  test("partition: the larger side goes on without the smaller one, which comes back", async () => {
    const { rounds } = await reportOf(named("partition"));
    expect(rounds.map(({ included }) => included)).toContain(5);
    expect(rounds.at(-1)?.included).toBe(7);
  });

  test("late-join: who comes later has the model and takes part", async () => {
    const report = await reportOf(named("late-join"));
    expect(report.rounds[0]?.included).toBe(3);
    expect(report.rounds.at(-1)?.included).toBe(4);
    expect(nodeIn(report, "dan").modelRounds[0]).toBeGreaterThan(1);
  });
});

describe("false nodes", () => {
  test.each(["lie", "poison", "copy", "equivocate"])("%s: the work is found wrong, and costs stake", async (name) => {
    const eve = nodeIn(await reportOf(named(name)), "eve");
    expect(eve.audits.wrong).toBeGreaterThan(0);
    expect(BigInt(eve.slashed)).toBeGreaterThan(0n);
  });

  test("equivocate: each round costs a slash more than its audits do, since the others report the second commit", async () => {
    const { audits, slashed } = nodeIn(await reportOf(named("equivocate")), "eve");
    const single = 10n * ONE;
    expect(BigInt(slashed)).toBeGreaterThanOrEqual(single * BigInt(audits.wrong ?? 0) + 6n * single);
  });

  test("poison: the contribution is replayed in every audit, so none of them passes it", async () => {
    const { audits } = nodeIn(await reportOf(named("poison")), "eve");
    expect(Object.keys(audits)).toEqual(["wrong"]);
  });

  test.each(["accuse", "lazy-audit"])("%s: the answer is found wrong, and costs stake", async (name) => {
    const eve = nodeIn(await reportOf(named(name)), "eve");
    expect(eve.wrongAnswers).toBeGreaterThan(0);
    expect(BigInt(eve.slashed)).toBeGreaterThan(0n);
  });

  test("withhold: what nobody can fetch is left out and not paid", async () => {
    const report = await reportOf(named("withhold"));
    for (const { included } of report.rounds) expect(included).toBe(3);
    const [eve, ada] = [nodeIn(report, "eve"), nodeIn(report, "ada")];
    expect(eve.audits).toEqual({});
    expect(BigInt(eve.paid)).toBeLessThan(BigInt(ada.paid));
  });
});

describe("networks drawn by seed", () => {
  test.each([3, 8, 11])("seed %i", async (seed) => {
    await reportOf(randomManifest(seed));
  });

  test("a run can be repeated to the last bit", async () => {
    const manifest = { ...randomManifest(11), rounds: 2 };
    expect(await runManifest(manifest)).toEqual(await runManifest(manifest));
  });
});
