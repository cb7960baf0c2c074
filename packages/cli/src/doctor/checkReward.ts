/** What this machine would earn in a day by the parameters of the network, or of a network that is made here. */
import { createParams, genesisValues, type Params, PRESETS, rewardOf, slotSteps } from "@neuroshard/sdk";
import { readParams } from "../chain/networkParams.ts";
import { formatNeuro } from "../terminal/formatNeuro.ts";
import type { Examined, Finding } from "./check.ts";

const SECONDS_PER_DAY = 86_400;
const MS_PER_1000_S = 1_000_000;

export async function checkReward({ node, measured }: Examined): Promise<Finding> {
  const params = node === undefined ? usualParams() : await readParams(node.client);
  const where = node === undefined ? "on a network with the usual parameters" : `on ${node.status.networkName}`;
  const { perDay, steps, rounds } = expectedReward(params, measured.millisecondsPerStep);
  const trains = node === undefined || node.status.training !== null;
  const found = `about ${formatNeuro(perDay)} a day ${where}: ${steps} steps of ${measured.preset} in each of ${rounds} rounds, without stake`;
  if (trains) return { verdict: "good", found };
  return { verdict: "notice", found: `${where} nothing is trained`, remedy: "join a network that trains a model" };
}

interface Expected {
  /** Base units. */
  readonly perDay: bigint;
  readonly steps: number;
  readonly rounds: number;
}

/** Rounds follow each other without a pause, and each takes its target time: the most that can be earned. */
function expectedReward(params: Params, msPerStep: number): Expected {
  const speed = Math.max(1, Math.floor(MS_PER_1000_S / msPerStep));
  const steps = slotSteps(speed, params);
  const rounds = Math.floor(SECONDS_PER_DAY / params.get("training.diloco.ROUND_TARGET_SECONDS"));
  return { perDay: rewardOf(params, steps, 0n).amount * BigInt(rounds), steps, rounds };
}

function usualParams(): Params {
  const values = genesisValues(PRESETS.main);
  if (!values.ok) throw new Error("internal: the usual parameters contradict each other");
  const { value } = values;
  return createParams((key) => value.get(key)!);
}
