import { expect, test } from "vitest";
import { BadManifest, parseManifest } from "./parseManifest.ts";
import { randomManifest } from "./randomManifest.ts";

const LEAST = { name: "least", rounds: 2, nodes: [{ name: "ada" }, { name: "bea" }] };

const parse = (changes: object) => parseManifest(JSON.stringify({ ...LEAST, ...changes }));

test("what a manifest does not say is as among honest nodes on good links", () => {
  const { nodes, links, faults, seed } = parse({});
  const honest = { behaviour: "honest", roles: ["trainer", "validator"], stepMs: 500, joinsAtRound: 0 };
  expect(nodes).toEqual([
    { name: "ada", ...honest },
    { name: "bea", ...honest },
  ]);
  expect(links.loss).toBe(0);
  expect({ faults, seed }).toEqual({ faults: [], seed: 1 });
});

test("manifests that were drawn can be written and read", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const drawn = randomManifest(seed);
    expect(parseManifest(JSON.stringify(drawn))).toEqual(drawn);
  }
});

test.each([
  ["no JSON", "{"],
  ["no object", "[]"],
])("%s is refused", (_, text) => {
  expect(() => parseManifest(text)).toThrow(BadManifest);
});

test.each<readonly [string, object]>([
  ["it needs nodes", { nodes: [] }],
  ["each with its own name", { nodes: [{ name: "ada" }, { name: "ada" }] }],
  ["ada cannot behave as kind", { nodes: [{ name: "ada", behaviour: "kind" }] }],
  ["ada has a role", { nodes: [{ name: "ada", roles: ["king"] }] }],
  ["stepMs of ada is no number", { nodes: [{ name: "ada", stepMs: -1 }] }],
  ["rounds is no number", { rounds: "2" }],
  ["links.jitterMs is no number", { links: { jitterMs: "a" } }],
  ["links.loss is a part below 1", { links: { loss: 1 } }],
  ["a fault concerns a node that there is not", { faults: [{ kind: "kill", node: "cyd", atRound: 1, forMs: 1 }] }],
  ["a fault concerns a node that there is not", { faults: [{ kind: "partition", nodes: [], atRound: 1, forMs: 1 }] }],
  ["storm is no fault", { faults: [{ kind: "storm", node: "ada", atRound: 1, forMs: 1 }] }],
  ["forMs is no number", { faults: [{ kind: "kill", node: "ada", atRound: 1 }] }],
])("%s: says the error", (cause, changes) => {
  expect(() => parse(changes)).toThrow(cause);
});
