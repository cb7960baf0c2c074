/**
 * What a network of real processes costs beside training: where the time of every node goes in a round, how many bytes it
 * sends, how much memory it holds. Rules and blocks as elsewhere; only the time limits are wide, so that every slot has all
 * of its inner steps on any machine.
 */
import type { RoundTimes } from "@neuroshard/node";
import { type Genesis, ONE } from "@neuroshard/protocol";
import type { NodeProcess } from "../../gates/harness/nodeProcess.ts";
import { ProcessNetwork } from "../../gates/harness/processNetwork.ts";
import { Watch } from "../../gates/harness/watch.ts";

export interface OverheadPlan {
  readonly preset: string;
  /** A text, or "stories". */
  readonly data: string;
  readonly nodes: number;
  readonly innerSteps: number;
  readonly rounds: number;
  readonly onProgress: (what: string) => void;
}

/** One node in one round. */
export interface NodeRound extends RoundTimes {
  readonly round: number;
  /** From one model to the next. */
  readonly wallMs: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

export interface NodeOverhead {
  readonly name: string;
  readonly rounds: readonly NodeRound[];
  readonly peakResidentMb: number;
}

export interface NetworkOverhead {
  readonly parameters: number;
  readonly tokensPerStep: number;
  /** Of all contributions of a round together, mean. */
  readonly contributionBytes: number;
  /** Drawn in the measured rounds. */
  readonly audits: number;
  /** Those that train. */
  readonly workers: readonly NodeOverhead[];
  /** Makes the blocks and keeps the model. */
  readonly maker: NodeOverhead;
}

/** Nodes meet and load their data in it. */
const WARM_UP_ROUNDS = 1;
const BLOCK_MS = 1000;
const SCHEDULED_STEPS = 10_000;
const MOST_SECONDS_PER_ROUND = 900;
/** Blocks. */
const WIDE = 3600n;

function overridesFor(innerSteps: number): Genesis["overrides"] {
  const integers: Readonly<Record<string, bigint>> = {
    "training.diloco.INNER_STEPS": BigInt(innerSteps),
    "training.diloco.SEGMENT_STEPS": 5n,
    "training.diloco.ROUND_TARGET_SECONDS": 86_400n,
    "training.diloco.TRAIN_TIMEOUT": WIDE,
    "training.diloco.EXCHANGE_TIMEOUT": WIDE,
    "training.diloco.OUTER_TIMEOUT": WIDE,
    "training.audit.AUDIT_TIMEOUT": WIDE,
  };
  return [
    ...Object.entries(integers).map(([key, value]) => ({ key, value: { kind: "integer", value } as const })),
    // As for nodes whose bonds are full.
    { key: "training.audit.UNBONDED_AUDIT_PROBABILITY", value: { kind: "decimal", value: ONE / 4n } },
  ];
}

export async function measureNetworkOverhead(plan: OverheadPlan): Promise<NetworkOverhead> {
  const { preset, data, nodes, innerSteps, rounds, onProgress } = plan;
  const settings = { preset, data, nodes, roles: "trainer,validator", steps: SCHEDULED_STEPS };
  const rules = { overrides: overridesFor(innerSteps), clock: "main", blockMs: BLOCK_MS } as const;
  const network = await ProcessNetwork.create({ ...settings, ...rules });
  try {
    const watch = new Watch(network, onProgress);
    await network.start();
    const last = WARM_UP_ROUNDS + rounds;
    const isDone = (): boolean => network.nodes.every((node) => node.modelOf(last) !== undefined);
    if (!(await watch.until(isDone, MOST_SECONDS_PER_ROUND * last))) {
      throw new Error(
        `round ${last} was not done in time: ${network.nodes.flatMap((node) => node.troubles).join("; ")}`,
      );
    }
    requireFullRounds(watch, plan, last);
    const { parameters = 0, batch = 0, context = 0 } = network.genesis.training ?? {};
    const measured = [...watch.rounds].filter(([round]) => round > WARM_UP_ROUNDS && round <= last);
    const contributionBytes = measured.reduce((sum, [, seen]) => sum + seen.contributionBytes, 0) / rounds;
    const audits = measured.reduce((sum, [, seen]) => sum + seen.audits.length, 0);
    const overheads = network.nodes.map((node) => overheadOf(node, last));
    const [maker, workers] = [overheads[0]!, overheads.slice(1)];
    return { parameters, tokensPerStep: batch * context, contributionBytes, audits, maker, workers };
  } finally {
    await network.remove();
  }
}

/** Rounds with fewer or shorter slots would be another measurement. */
function requireFullRounds(watch: Watch, { nodes, innerSteps }: OverheadPlan, last: number): void {
  for (let round = WARM_UP_ROUNDS + 1; round <= last; round++) {
    const slots = watch.rounds.get(round)?.record.slots ?? [];
    if (slots.length === nodes && slots.every(({ steps }) => Number(steps) === innerSteps)) continue;
    const steps = slots.map((slot) => slot.steps).join(", ");
    throw new Error(`round ${round} had slots of [${steps}] steps, not ${nodes} of ${innerSteps}`);
  }
}

function overheadOf(node: NodeProcess, last: number): NodeOverhead {
  const rounds: NodeRound[] = [];
  for (let round = WARM_UP_ROUNDS + 1; round <= last; round++) {
    const [before, after] = [node.modelOf(round - 1), node.modelOf(round)];
    if (before === undefined || after === undefined) continue;
    rounds.push({
      round,
      ...after.ms,
      wallMs: after.atMs - before.atMs,
      sentBytes: after.wireBytes.sent - before.wireBytes.sent,
      receivedBytes: after.wireBytes.received - before.wireBytes.received,
    });
  }
  return { name: node.place.name, rounds, peakResidentMb: node.peakResidentMb };
}
