/** The clock of a round: which phase it is in, how far, and when that ends at the latest. By heights, which count for all. */
import type { RoundView } from "@neuroshard/sdk";

type RoundRecord = RoundView["round"];

export interface ClockPhase {
  readonly id: string;
  readonly title: string;
  readonly state: "past" | "now" | "next";
}

export interface PhaseClock {
  readonly round: number;
  readonly phases: readonly ClockPhase[];
  /** What happens now, in a few words. */
  readonly sentence: string;
  /** Until the present phase ends whatever is missing; undefined where nothing runs. */
  readonly blocksLeft: number | undefined;
  readonly secondsLeft: number | undefined;
  /** Slots that have handed in their work. */
  readonly committed: number;
  readonly slots: number;
}

const PHASES = [
  ["train", "Train"],
  ["exchange", "Exchange"],
  ["outer", "Agree"],
  ["done", "Done"],
] as const;

export function phaseClock(round: RoundRecord, height: number, blockSeconds: number): PhaseClock {
  const { number, phase, slots, deadline } = round;
  const at = PHASES.findIndex(([id]) => id === phase);
  const isOver = phase === "done" || phase === "failed";
  const blocksLeft = isOver ? undefined : Math.max(0, deadline - height);
  return {
    round: number,
    phases: PHASES.map(([id, title], index) => ({ id, title, state: stateOf(index, at) })),
    sentence: sentenceOf(round),
    blocksLeft,
    secondsLeft: blocksLeft === undefined ? undefined : blocksLeft * blockSeconds,
    committed: slots.filter(({ commit }) => commit !== null).length,
    slots: slots.length,
  };
}

function stateOf(index: number, at: number): ClockPhase["state"] {
  if (index === at) return "now";
  return index < at ? "past" : "next";
}

function sentenceOf({ phase, slots }: RoundRecord): string {
  const committed = slots.filter(({ commit }) => commit !== null).length;
  switch (phase) {
    case "train":
      return `${committed} of ${slots.length} ${slots.length === 1 ? "trainer has" : "trainers have"} handed in their work`;
    case "exchange":
      return "Validators fetch and check the contributions";
    case "outer":
      return "Validators compute the new model and compare their digests";
    case "done":
      return "The new model is final; the next round opens soon";
    default:
      return "This round came to nothing; the model stays as it was, and the next round tries again";
  }
}
