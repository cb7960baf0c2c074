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

/** Times fewer bytes than float32 gradients in each of so many steps, where everybody pulls what everybody made. */
function ratioToGradients({ parameters }: NetworkOverhead, means: readonly NodeMeans[], steps: number): number {
  // The node that makes the blocks pulls from all workers, a worker from the other workers.
  const copies = NODES * (NODES - 1) + NODES;
  return (steps * copies * FLOAT_BYTES * parameters) / sum(means, ({ sent }) => sent);
}

/** Times fewer bytes than a worker sends in a ring all-reduce of float32 gradients in each of so many steps. */
function ratioToRing({ parameters }: NetworkOverhead, workers: readonly NodeMeans[], steps: number): number {
  const perWorker = (2 * (NODES - 1) * FLOAT_BYTES * parameters * steps) / NODES;
  return (NODES * perWorker) / sum(workers, ({ sent }) => sent);
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

function ratioTable(overhead: NetworkOverhead, all: readonly NodeMeans[]): Table {
  const rows = [INNER_STEPS, PUBLISHED_STEPS].map((steps) => [
    String(steps),
    `1/${ratioToGradients(overhead, all, steps).toFixed(0)}`,
    `1/${ratioToRing(overhead, all.slice(1), steps).toFixed(0)}`,
  ]);
  const header = ["inner steps", "against the same pattern", "against a ring, one worker"];
  return { title: "Bytes against float32 gradients in each step", header, rows };
}

function targetsOf(overhead: NetworkOverhead, all: readonly NodeMeans[], isPublishedCase: boolean): readonly Target[] {
  const workers = all.slice(1);
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
      what: `fewer bytes than float32 gradients each step, ${PUBLISHED_STEPS} inner steps`,
      ...{ bound: 400, comparison: "at least", unit: "x", decimals: 0 },
      measured: ifPublished(ratioToGradients(overhead, all, PUBLISHED_STEPS)),
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
  const { parameters, tokensPerStep } = overhead;
  return {
    notes: [
      `${NODES} nodes that train and validate and one that makes a block each second, processes with libp2p on loopback, one training thread each; they share the cores of this machine.`,
      `Preset ${preset}, ${(parameters / 1e6).toFixed(2)} M parameters, ${tokensPerStep} tokens in a step, ${INNER_STEPS} inner steps in each slot; text: ${basename(data)}. ${rounds} rounds after the first.`,
      "A round lasts from one model to the next. Waiting is for blocks, for slower nodes, and for the quorum; transfers overlap with training and with each other. Audits are of earlier rounds, and on a quarter of the work or more.",
      "The same pattern: every node pulls a float32 gradient of every other worker in each step. Bytes include blocks, transactions and gossip, without what the transport adds. They do not depend on the number of inner steps.",
    ],
    tables: [timeTable(workers), bytesTable(overhead, maker, workers), ratioTable(overhead, all)],
    targets: targetsOf(overhead, all, preset === "small"),
    raw: { unit: "milliseconds and bytes of a node in a round", ...overhead },
  };
}
