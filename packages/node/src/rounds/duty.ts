/** What the duties of a node share, and what each of them is. */
import type { BlobFetcher } from "./blobFetcher.ts";
import type { BlobKeeper } from "./blobKeeper.ts";
import type { Jobs } from "./jobs.ts";
import type { ModelShelf } from "./modelShelf.ts";
import type { Moment } from "./moment.ts";
import type { RoundJournal } from "./roundJournal.ts";
import type { RoundDriverOptions } from "./roundPorts.ts";
import type { TimeKeeper } from "./timeKeeper.ts";
import type { WorkQueue } from "./workQueue.ts";

/** Why a duty is asked to look: there is a new block, or a job of this node is done. */
export type Occasion = "block" | "job";

/** Looks at the state and sees to what is owed, again whenever a job is done. Nothing is remembered that the state or the notes tell. */
export interface Duty {
  look(moment: Moment, occasion: Occasion): void;
}

export interface DutyContext extends Omit<RoundDriverOptions, "worker"> {
  readonly jobs: Jobs;
  readonly queue: WorkQueue;
  readonly fetcher: BlobFetcher;
  readonly keeper: BlobKeeper;
  readonly notes: RoundJournal;
  readonly models: ModelShelf;
  readonly times: TimeKeeper;
}
