/** What shows a training run to whoever started it. Its implementations: JSON lines, plain lines, a live display. */
import type { TrainEvent } from "@neuroshard/node";

export type EventOf<Kind extends TrainEvent["event"]> = Extract<TrainEvent, { readonly event: Kind }>;

export interface TrainingView {
  show(event: TrainEvent): void;
  /** Leaves the terminal as it was found, also after a failure. */
  close(): void;
}
