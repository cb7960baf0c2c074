/** The dashboard that is checked in asks only for figures that a node has. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startNode } from "../http/httpNode.ts";

const DASHBOARD = join(import.meta.dirname, "../../../../ops/grafana/neuroshard.json");

interface Dashboard {
  readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
}

/** Names of labels by the name of their figure, from the text that Prometheus reads. */
function figuresIn(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const figures = new Map<string, Set<string>>();
  for (const [, name, kind] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    const parts = kind === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    for (const part of parts) figures.set(`${name}${part}`, new Set());
  }
  for (const [, name, labels] of text.matchAll(/^(\w+)\{(.*)\} \S+$/gm)) {
    for (const [, label] of labels!.matchAll(/(\w+)="/g)) figures.get(name!)?.add(label!);
  }
  return figures;
}

test("every figure on the dashboard of Grafana is one that a node tells", async () => {
  const { url } = await startNode();
  const figures = figuresIn(await (await fetch(`${url}/metrics`)).text());
  const { panels } = JSON.parse(readFileSync(DASHBOARD, "utf8")) as Dashboard;
  const asked = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join("\n");
  const names = new Set(asked.match(/neuroshard_\w+/g));
  expect(names.size).toBeGreaterThan(30);
  expect([...names].filter((name) => !figures.has(name))).toEqual([]);
});

test("what the dashboard tells apart by a label has that label", async () => {
  const { url, get } = await startNode();
  await get("/status");
  const figures = figuresIn(await (await fetch(`${url}/metrics`)).text());
  for (const [name, label] of [
    ["neuroshard_round_phase", "phase"],
    ["neuroshard_audits_settled_total", "outcome"],
    ["neuroshard_rewards_neuro_total", "kind"],
    ["neuroshard_network_bytes_total", "direction"],
    ["neuroshard_serving_texts_total", "outcome"],
    ["neuroshard_transactions_total", "outcome"],
    ["neuroshard_http_requests_total", "route"],
    ["neuroshard_supply_neuro", "place"],
    ["neuroshard_serving_first_token_seconds_bucket", "le"],
  ] as const) {
    expect([name, figures.get(name)?.has(label)]).toEqual([name, true]);
  }
});
