/** How fast the network learns: what its devices do now, or what the last rounds came to. */
import type { CurveView, ModelView, NetworkMapView } from "@neuroshard/sdk";

export interface NetworkSpeed {
  readonly tokensPerSecond: number | undefined;
  readonly note: string;
}

/** Rounds over which the speed is taken. */
const LAST_ROUNDS = 5;

/** From the clock of the blocks: everything between the ends of rounds counts, waiting too. */
export function networkSpeed(curve: CurveView, model: Pick<ModelView, "steps" | "trainedTokens">): NetworkSpeed {
  const last = curve.points.slice(-LAST_ROUNDS - 1);
  const [first, newest] = [last[0], last.at(-1)];
  if (first === undefined || newest === undefined || newest.endedAtMs <= first.endedAtMs || model.steps === 0) {
    return { tokensPerSecond: undefined, note: "known after two rounds" };
  }
  const tokens = ((newest.steps - first.steps) * model.trainedTokens) / model.steps;
  const seconds = (newest.endedAtMs - first.endedAtMs) / 1000;
  const rounds = newest.round - first.round;
  return {
    tokensPerSecond: tokens / seconds,
    note: `over the last ${rounds === 1 ? "round" : `${rounds} rounds`}, waiting included`,
  };
}

/** Of the devices that tell it: those of this machine. */
export function presentSpeed({ devices }: NetworkMapView): number | undefined {
  const speeds = devices.flatMap(({ slot }) => slot?.progress?.tokensPerSecond ?? []);
  return speeds.length === 0 ? undefined : speeds.reduce((sum, speed) => sum + speed, 0);
}
