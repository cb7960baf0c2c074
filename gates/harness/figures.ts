/** Figures of a run for its report: speed, where the time went, bytes on the wire, memory. */
import type { RoundTimes } from "@neuroshard/node";
import { heldOutLosses, type LossPoint } from "./checks.ts";
import type { NodeProcess, ToldModel } from "./nodeProcess.ts";
import type { ProcessNetwork } from "./processNetwork.ts";
import type { Watch } from "./watch.ts";

export interface NodeFigures {
  readonly name: string;
  readonly modelsTold: number;
  /** Of its newest progress. */
  readonly tokensPerSecond: number;
  /** Milliseconds over the rounds that it told of. */
  readonly ms: RoundTimes;
  /** Parts of the time that it worked, audits included. */
  readonly shares: RoundTimes;
  readonly residentMb: number;
  readonly peakResidentMb: number;
  readonly mostPeers: number;
}

export interface Figures {
  readonly height: number;
  readonly rounds: number;
  readonly innerSteps: number;
  readonly seconds: number;
  /** Of the whole network, over the whole run. */
  readonly tokensPerSecond: number;
  readonly heldOutLosses: readonly LossPoint[];
  readonly nodes: readonly NodeFigures[];
}

const NO_TIME: RoundTimes = { inner: 0, network: 0, outer: 0, audit: 0 };

export function figuresOf(network: ProcessNetwork, watch: Watch, seconds: number): Figures {
  const innerSteps = watch.status?.training?.steps ?? 0;
  const { batch = 0, context = 0 } = network.genesis.training ?? {};
  return {
    height: watch.height,
    rounds: watch.modelRound,
    innerSteps,
    seconds,
    tokensPerSecond: (innerSteps * batch * context) / seconds,
    heldOutLosses: heldOutLosses(network, watch),
    nodes: network.nodes.map((node) => nodeFigures(node, watch)),
  };
}

function nodeFigures(node: NodeProcess, { mostPeers }: Watch): NodeFigures {
  const { place, models, tokensPerSecond, residentMb, peakResidentMb } = node;
  const ms = sumTimes(models);
  return {
    ...{ name: place.name, modelsTold: models.length, tokensPerSecond, ms, shares: sharesOf(ms) },
    ...{ residentMb, peakResidentMb, mostPeers: mostPeers.get(place.name) ?? 0 },
  };
}

function sumTimes(models: readonly Pick<ToldModel, "ms">[]): RoundTimes {
  return models.reduce(
    (sum, { ms }) => ({
      inner: sum.inner + ms.inner,
      network: sum.network + ms.network,
      outer: sum.outer + ms.outer,
      audit: sum.audit + ms.audit,
    }),
    NO_TIME,
  );
}

function sharesOf(ms: RoundTimes): RoundTimes {
  const all = Math.max(1, ms.inner + ms.network + ms.outer + ms.audit);
  return { inner: ms.inner / all, network: ms.network / all, outer: ms.outer / all, audit: ms.audit / all };
}
