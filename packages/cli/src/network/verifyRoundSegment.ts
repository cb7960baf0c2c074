/** Replays one segment of somebody's training in a network, and says whether it is what was committed to. */
import { type VerifiedNetworkSegment, verifyNetworkSegment } from "@neuroshard/node";
import { Refusal } from "../refusal.ts";
import { formatCount } from "../terminal/formatQuantity.ts";
import { formatPairs } from "../terminal/formatTable.ts";
import { printJson, type Surface } from "../terminal/surface.ts";

export interface NamedSegment {
  readonly network: string;
  readonly round: number;
  readonly slot: number;
  readonly segment: number;
}

/** @throws {Refusal} when the replay finds something else. */
export async function verifyRoundSegment(named: NamedSegment, isJson: boolean, surface: Surface): Promise<void> {
  const { round, slot, segment } = named;
  const onTrouble = (message: string): void => void surface.stderr.write(`${message}\n`);
  const verified = await surface.interruption.graceful((signal) =>
    verifyNetworkSegment({ ...named, signal, onTrouble }),
  );
  if (isJson) printJson(surface, { round, slot, segment, ...verified });
  else surface.stdout.write(describe(named, verified));
  if (verified.isSame) return;
  const what = `segment ${segment} of slot ${slot} in round ${round} is not what was committed to`;
  throw new Refusal(
    `${what}; an audit of it would slash its trainer, if this machine computes right (\`neuroshard bench\`)`,
  );
}

function describe({ round, slot, segment }: NamedSegment, verified: VerifiedNetworkSegment): string {
  const { device, segments, committed, found, isSame, syncMs, fetchMs, replayMs } = verified;
  const part = segment === segments ? "its compression" : `segment ${segment} of ${segments}`;
  const title = `round ${formatCount(round)}, slot ${slot}, ${part}: ${isSame ? "the same" : "NOT the same"}`;
  return `${title}\n${formatPairs([
    ["device", device],
    ["committed", committed],
    ["found", found],
    ["time", `${seconds(syncMs)} to sync, ${seconds(fetchMs)} to fetch, ${seconds(replayMs)} to replay`],
  ])}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
