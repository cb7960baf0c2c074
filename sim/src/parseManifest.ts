/** Reads a manifest from JSON. What is not given is as in a healthy network of honest nodes. */
import { BEHAVIOURS, type FaultManifest, type Manifest, type NodeManifest } from "./manifest.ts";

/** A manifest says something that cannot be. */
export class BadManifest extends Error {
  constructor(cause: string) {
    super(`the manifest cannot be run: ${cause}; sim/src/manifest.ts says what it may have`);
    this.name = "BadManifest";
  }
}

type Json = Readonly<Record<string, unknown>>;

const LINKS = { latencyMs: 20, jitterMs: 5, loss: 0, bytesPerSecond: 12_500_000 };
const NODE = { behaviour: "honest", roles: ["trainer", "validator"], stepMs: 500, joinsAtRound: 0 } as const;
const ROLES: readonly unknown[] = ["trainer", "validator", "observer"];
const FAULTS: readonly unknown[] = ["kill", "pause", "disconnect", "partition"];

export function parseManifest(text: string): Manifest {
  const given = objectIn(jsonOf(text), "the file");
  const nodes = listIn(given.nodes, "nodes").map((node) => parseNode(objectIn(node, "a node")));
  const names = new Set(nodes.map(({ name }) => name));
  if (nodes.length === 0 || names.size !== nodes.length)
    throw new BadManifest("it needs nodes, each with its own name");
  const links = { ...LINKS, ...objectIn(given.links ?? {}, "links") };
  for (const [key, value] of Object.entries(links)) numberIn(value, `links.${key}`);
  if (links.loss >= 1) throw new BadManifest("links.loss is a part below 1");
  return {
    name: textIn(given.name, "name"),
    seed: numberIn(given.seed ?? 1, "seed"),
    rounds: numberIn(given.rounds, "rounds"),
    parameters: parseParameters(objectIn(given.parameters ?? {}, "parameters")),
    nodes,
    links,
    faults: listIn(given.faults ?? [], "faults").map((fault) => parseFault(objectIn(fault, "a fault"), names)),
  };
}

function parseNode(given: Json): NodeManifest {
  const node: Json = { ...NODE, ...given };
  const name = textIn(node.name, "the name of a node");
  const behaviour = BEHAVIOURS.find((each) => each === node.behaviour);
  if (behaviour === undefined) throw new BadManifest(`${name} cannot behave as ${node.behaviour}`);
  const roles = listIn(node.roles, `roles of ${name}`);
  if (!roles.every((role) => ROLES.includes(role))) throw new BadManifest(`${name} has a role that there is not`);
  return {
    ...{ name, behaviour, roles: roles as NodeManifest["roles"] },
    stepMs: numberIn(node.stepMs, `stepMs of ${name}`),
    joinsAtRound: numberIn(node.joinsAtRound, `joinsAtRound of ${name}`),
  };
}

function parseFault(given: Json, names: ReadonlySet<string>): FaultManifest {
  const nodes = given.kind === "partition" ? listIn(given.nodes, "nodes of a partition") : [given.node];
  const stranger = nodes.find((node) => typeof node !== "string" || !names.has(node));
  if (stranger !== undefined || nodes.length === 0) throw new BadManifest("a fault concerns a node that there is not");
  if (!FAULTS.includes(given.kind)) throw new BadManifest(`${given.kind} is no fault`);
  const times = { atRound: numberIn(given.atRound, "atRound"), forMs: numberIn(given.forMs, "forMs") };
  return { ...given, ...times } as FaultManifest;
}

function parseParameters(given: Json): Manifest["parameters"] {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, textIn(value, key)]));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadManifest("it is no JSON");
  }
}

function objectIn(value: unknown, what: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new BadManifest(`${what} is no object`);
}

function listIn(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new BadManifest(`${what} is no list`);
}

function textIn(value: unknown, what: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new BadManifest(`${what} is no text`);
}

function numberIn(value: unknown, what: string): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new BadManifest(`${what} is no number from 0 on`);
}
