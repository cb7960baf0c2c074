/** What it costs to train in a network: three real nodes on this machine, their time, their bytes, their memory. */
import { basename } from "node:path";
import { measureNetworkOverhead, type NetworkOverhead, type NodeOverhead } from "../network/networkOverhead.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Table } from "../report/table.ts";
import type { Target } from "../report/target.ts";
import type { BenchContext } from "./section.ts";

const NODES = 3;
const INNER_STEPS = 50;
/** What the published systems synchronise after. The bytes of a round do not depend on it. */
const PUBLISHED_STEPS = 100;
const FLOAT_BYTES = 4;

/** Means over the rounds; milliseconds and bytes. */
interface NodeMeans {
  readonly name: string;
  readonly wall: number;
  readonly inner: number;
  readonly network: number;
  readonly outer: number;
  readonly audit: number;
  readonly sent: number;
  readonly received: number;
}

function meansOf({ name, rounds }: NodeOverhead): NodeMeans {
  const mean = (pick: (round: (typeof rounds)[number]) => number): number =>
    rounds.reduce((sum, round) => sum + pick(round), 0) / Math.max(1, rounds.length);
  return {
    name,
    wall: mean(({ wallMs }) => wallMs),
    inner: mean(({ inner }) => inner),
    network: mean(({ network }) => network),
    outer: mean(({ outer }) => outer),
    audit: mean(({ audit }) => audit),
    sent: mean(({ sentBytes }) => sentBytes),
    received: mean(({ receivedBytes }) => receivedBytes),
  };
}

/** Percent of the work of the nodes, audits apart. */
function outsideOfWork(means: readonly NodeMeans[]): number {
  const outside = sum(means, ({ network, outer }) => network + outer);
  return (100 * outside) / (outside + sum(means, ({ inner }) => inner));
}

/** Percent of the wall clock, audits apart: what a node waits for counts too. */
function outsideOfWall(means: readonly NodeMeans[]): number {
  const wall = sum(means, (node) => node.wall - node.audit);
  return (100 * (wall - sum(means, ({ inner }) => inner))) / wall;
}

function sum(means: readonly NodeMeans[], pick: (node: NodeMeans) => number): number {
  return means.reduce((total, node) => total + pick(node), 0);
}

interface Wire {
  readonly label: string;
  /** Of the whole network in a round. */
  readonly bytes: number;
}

/** Every worker pulls from all others, and the node that makes the blocks pulls from all workers. */
const PULLS_PER_CONTRIBUTION = NODES;

function wiresOf({ contributionBytes }: NetworkOverhead, all: readonly NodeMeans[]): readonly [Wire, Wire] {
  return [
    { label: "contributions", bytes: PULLS_PER_CONTRIBUTION * contributionBytes },
    { label: "all bytes, audits and blocks included", bytes: sum(all, ({ sent }) => sent) },
  ];
}

/** Times fewer bytes than float32 gradients in each of so many steps, pulled in the same pattern. */
function ratioToGradients({ parameters }: NetworkOverhead, { bytes }: Wire, steps: number): number {
  return (steps * PULLS_PER_CONTRIBUTION * NODES * FLOAT_BYTES * parameters) / bytes;
}

/** Times fewer bytes than a ring all-reduce of the workers' float32 gradients in each of so many steps. */
function ratioToRing({ parameters }: NetworkOverhead, { bytes }: Wire, steps: number): number {
  return (steps * 2 * (NODES - 1) * FLOAT_BYTES * parameters) / bytes;
}

function timeTable(workers: readonly NodeMeans[]): Table {
  const rows = workers.map((node) => {
    const { name, wall, inner, network, outer, audit } = node;
    const waiting = Math.max(0, wall - inner - network - outer - audit);
    const cell = (ms: number): string => `${(ms / 1000).toFixed(2)} s, ${((100 * ms) / wall).toFixed(1)} %`;
    return [name, `${(wall / 1000).toFixed(2)} s`, ...[inner, network, outer, audit, waiting].map(cell)];
  });
  const header = ["node", "round", "inner steps", "network", "outer step", "audits", "waiting"];
  return { title: "Where the time of a round goes, means", header, rows };
}

function bytesTable(overhead: NetworkOverhead, maker: NodeMeans, workers: readonly NodeMeans[]): Table {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(3);
  const memory = [overhead.maker, ...overhead.workers].map(({ peakResidentMb }) => peakResidentMb.toFixed(0));
  const rows = [maker, ...workers].map(({ name, sent, received }, index) => [
    name,
    megabytes(sent),
    megabytes(received),
    memory[index]!,
  ]);
  const header = ["node", "MB sent in a round", "MB received in a round", "highest resident MB"];
  return { title: "Bytes on the wire, means, and memory", header, rows };
}

function ratioTable(overhead: NetworkOverhead, wires: readonly Wire[]): Table {
  const rows = wires.flatMap((wire) =>
    [INNER_STEPS, PUBLISHED_STEPS].map((steps) => [
      wire.label,
      String(steps),
      `${(wire.bytes / 1e6).toFixed(3)}`,
      `1/${ratioToGradients(overhead, wire, steps).toFixed(0)}`,
      `1/${ratioToRing(overhead, wire, steps).toFixed(0)}`,
    ]),
  );
  const header = ["what", "inner steps", "MB in a round", "same pattern", "ring all-reduce"];
  return { title: "Bytes of the network against float32 gradients in each step", header, rows };
}

function targetsOf(overhead: NetworkOverhead, all: readonly NodeMeans[], isPublishedCase: boolean): readonly Target[] {
  const workers = all.slice(1);
  const [contributions] = wiresOf(overhead, all);
  const ifPublished = (value: number): number | undefined => (isPublishedCase ? value : undefined);
  const share = { bound: 5, comparison: "at most", unit: " %", decimals: 2 } as const;
  const what = `small, ${NODES} nodes, ${INNER_STEPS} inner steps: time outside them`;
  return [
    {
      ...share,
      what: `${what}, of the work of the nodes, audits apart`,
      measured: ifPublished(outsideOfWork(workers)),
    },
    { ...share, what: `${what}, of the wall clock, audits apart`, measured: ifPublished(outsideOfWall(workers)) },
    {
      what: `contributions: fewer bytes than float32 gradients each step, ${PUBLISHED_STEPS} inner steps`,
      ...{ bound: 400, comparison: "at least", unit: "x", decimals: 0 },
      measured: ifPublished(ratioToGradients(overhead, contributions, PUBLISHED_STEPS)),
    },
  ];
}

export async function measureOverhead({ options, onProgress }: BenchContext): Promise<SectionResult> {
  const { preset, rounds, text: data = "stories" } = options;
  const overhead = await measureNetworkOverhead({
    ...{ preset, data, rounds, nodes: NODES, innerSteps: INNER_STEPS, onProgress },
  });
  const [maker, workers] = [meansOf(overhead.maker), overhead.workers.map(meansOf)];
  const all = [maker, ...workers];
  const { parameters, tokensPerStep, audits } = overhead;
  return {
    notes: [
      `${NODES} nodes that train and validate and one that makes a block each second, processes with libp2p on loopback, one training thread each; they share the cores of this machine.`,
      `Preset ${preset}, ${(parameters / 1e6).toFixed(2)} M parameters, ${tokensPerStep} tokens in a step, ${INNER_STEPS} inner steps in each slot; text: ${basename(data)}. ${rounds} rounds after the first.`,
      "A round lasts from one model to the next. Waiting is for blocks, for slower nodes, and for the quorum; transfers overlap with training and with each other. The times of its parts can add up to more.",
      `Audits are of earlier rounds, and on a quarter of the work, as for nodes with full bonds: ${audits} in these rounds.`,
      "The same pattern: every node pulls a float32 gradient of every other worker in each step. Bytes are without what the transport adds. They do not depend on the number of inner steps.",
    ],
    tables: [timeTable(workers), bytesTable(overhead, maker, workers), ratioTable(overhead, wiresOf(overhead, all))],
    targets: targetsOf(overhead, all, preset === "small"),
    raw: { unit: "milliseconds and bytes of a node in a round", ...overhead },
  };
}
