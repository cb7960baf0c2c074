/**
 * What a node must remember of its own work when it is interrupted: how far its slot is, what it committed to, and what it
 * answered in audits, which it may have sealed. One small file a slot and an answer.
 */
import {
  type AuditAnswer,
  auditAnswer,
  type Codec,
  count,
  decode,
  digest,
  encode,
  list,
  MOST_SEGMENTS,
  optional,
  struct,
  u16,
  u32,
  type ValueOf,
  workCommit,
} from "@neuroshard/protocol";
import type { JournalFiles } from "./roundPorts.ts";

const slotEntry = struct({
  round: count,
  slot: u16,
  /** Of the round: an entry of another chain is none. */
  seed: digest,
  startOptimizer: optional(digest),
  startResidual: optional(digest),
  /** After each segment so far. */
  states: list(struct({ weights: digest, optimizer: digest }), MOST_SEGMENTS),
  /** Written before anybody sees it. */
  commit: optional(workCommit),
});
export type SlotEntry = ValueOf<typeof slotEntry>;

const answerEntry = struct({ round: count, slot: u16, segment: u16, interiorStep: u32, answer: auditAnswer });

/** Which question an answer belongs to. */
export interface AuditQuestion {
  readonly round: number;
  readonly slot: number;
  readonly segment: number;
  readonly interiorStep: number;
}

export class RoundJournal {
  readonly #files: JournalFiles;
  readonly #slots = new Map<number, SlotEntry>();
  readonly #answers = new Map<string, ValueOf<typeof answerEntry>>();

  private constructor(files: JournalFiles) {
    this.#files = files;
  }

  /** Files that cannot be read are as if they were not there. */
  static async open(files: JournalFiles): Promise<RoundJournal> {
    const journal = new RoundJournal(files);
    for (const name of await files.list()) {
      const bytes = await files.read(name);
      if (bytes !== undefined) journal.#load(name, bytes);
    }
    return journal;
  }

  slot(round: number): SlotEntry | undefined {
    return this.#slots.get(round);
  }

  /** Of which there are notes. */
  get rounds(): readonly number[] {
    return [...this.#slots.keys(), ...[...this.#answers.values()].map(({ round }) => round)];
  }

  async setSlot(entry: SlotEntry): Promise<void> {
    await this.#files.write(slotName(entry.round), encode(slotEntry, entry));
    this.#slots.set(entry.round, entry);
  }

  answer(question: AuditQuestion): AuditAnswer | undefined {
    return this.#answers.get(answerName(question))?.answer;
  }

  async setAnswer({ round, slot, segment, interiorStep }: AuditQuestion, answer: AuditAnswer): Promise<void> {
    const entry = { round, slot, segment, interiorStep, answer };
    await this.#files.write(answerName(entry), encode(answerEntry, entry));
    this.#answers.set(answerName(entry), entry);
  }

  /** Forgets rounds that nobody asks about any more. */
  async retain(isWanted: (round: number) => boolean): Promise<void> {
    const names = [
      ...[...this.#slots.keys()].filter((round) => !isWanted(round)).map(slotName),
      ...[...this.#answers.values()].filter(({ round }) => !isWanted(round)).map(answerName),
    ];
    for (const round of [...this.#slots.keys()]) if (!isWanted(round)) this.#slots.delete(round);
    for (const name of names) {
      this.#answers.delete(name);
      await this.#files.remove(name);
    }
  }

  #load(name: string, bytes: Uint8Array): void {
    const slot = readEntry(slotEntry, bytes);
    if (slot !== undefined && slotName(slot.round) === name) this.#slots.set(slot.round, slot);
    const answer = readEntry(answerEntry, bytes);
    if (answer !== undefined && answerName(answer) === name) this.#answers.set(name, answer);
  }
}

function readEntry<T>(codec: Codec<T>, bytes: Uint8Array): T | undefined {
  const read = decode(codec, bytes);
  return read.ok ? read.value : undefined;
}

function slotName(round: number): string {
  return `slot-${round}`;
}

function answerName({ round, slot, segment, interiorStep }: AuditQuestion): string {
  return `answer-${round}-${slot}-${segment}-${interiorStep}`;
}
