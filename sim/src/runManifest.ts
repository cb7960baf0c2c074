/** Runs the network of a manifest in virtual time, to its last round and until everything has calmed down. */
import { type Genesis, isParamKey, ONE, paramFromText } from "@neuroshard/protocol";
import { FALSE_NODES } from "./behaviours/falseNodes.ts";
import { onRound, scheduleFaults } from "./faults.ts";
import { LocalNetwork, type SimulatedNode } from "./localNetwork.ts";
import type { Manifest, NodeManifest } from "./manifest.ts";
import type { SimReport } from "./report.ts";
import { noteAudits, writeReport } from "./writeReport.ts";

/** So that all work has an answer, also of who trains at the same time; and models are evaluated after every round. */
const DEFAULTS = {
  "training.audit.AUDIT_TIMEOUT": "6",
  "training.audit.AUDIT_WINDOW": "24",
  "economics.staking.UNBONDING": "60",
  "training.diloco.EVAL_ROUNDS": "1",
};
const STAKE = 100n * ONE;
const MOST_MS_OF_ROUND = 60_000;
/** For audits that are open, and for who comes back last. */
const CALM_MS = 20_000;

/** The same manifest gives the same report. */
export async function runManifest(manifest: Manifest): Promise<SimReport> {
  const { links, seed, nodes } = manifest;
  const network: LocalNetwork = await LocalNetwork.create({
    nodes: nodes.map((node) => simulated(node, () => network.state)),
    overrides: overridesIn({ ...DEFAULTS, ...manifest.parameters }),
    ...{ latencyMs: links.latencyMs, seed, stake: STAKE },
    links: { jitterMs: links.jitterMs, lossRate: links.loss, bytesPerSecond: links.bytesPerSecond },
  });
  try {
    const audits = noteAudits(network);
    const faults = scheduleFaults(network, manifest.faults);
    onRound(network, (round) => {
      for (const { name, joinsAtRound } of nodes) if (joinsAtRound === round) void network.start(name);
    });
    await network.start(...nodes.filter(({ joinsAtRound }) => joinsAtRound === 0).map(({ name }) => name));
    await runToEnd(network, manifest.rounds, () => !faults.isUnderWay());
    return await writeReport(network, manifest, { faults: faults.happened, audits });
  } finally {
    await network.close();
  }
}

/** A network that gets no further is reported as it is. */
async function runToEnd(network: LocalNetwork, rounds: number, isUndisturbed: () => boolean): Promise<void> {
  const { clock, happened } = network;
  const isLast = (): boolean =>
    happened.some((event) => (event.kind === "roundDone" || event.kind === "roundFailed") && event.round >= rounds);
  const lastMs = clock.nowMs() + MOST_MS_OF_ROUND * rounds;
  await clock.runUntil(() => isLast() && isUndisturbed(), lastMs);
  await network.runFor(CALM_MS);
}

function simulated(
  { name, roles, stepMs, behaviour }: NodeManifest,
  state: () => LocalNetwork["state"],
): SimulatedNode {
  return { name, roles, stepMs, ...(behaviour !== "honest" && FALSE_NODES[behaviour](state)) };
}

/** Throws RangeError for a key or a value that there is not. */
function overridesIn(parameters: Manifest["parameters"]): Genesis["overrides"] {
  return Object.entries(parameters).map(([key, text]) => {
    if (!isParamKey(key)) throw new RangeError(`there is no parameter ${key}; docs/parameters.md has them all`);
    const value = paramFromText(key, text);
    if (!value.ok) throw new RangeError(`${text} is no value of ${key}; docs/parameters.md says what is`);
    return { key, value: value.value };
  });
}
