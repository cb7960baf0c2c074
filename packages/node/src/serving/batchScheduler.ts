/**
 * Who writes when: texts wait in order, each gets a slot, and all slots go on together, a token each at every step. A new
 * text joins at once (continuous batching, Yu et al. 2022); its prompt is read in chunks, so that the others hardly wait.
 * No clock and no thread: the caller takes the steps.
 */
import type { Tokenizer } from "@neuroshard/model";
import { RunningText } from "./runningText.ts";
import type { TextPiece, TextRequest } from "./textRequest.ts";

/** A decoder of several texts that do not know of each other. */
export interface SlotDecoder {
  readonly slots: number;
  /** Forgets all tokens of a slot. */
  reset(slot: number): void;
  /** Appends tokens to slots; the logits after the last token of each piece. */
  feed(pieces: readonly SlotPiece[]): Float32Array[];
}

export interface SlotPiece {
  readonly slot: number;
  readonly tokens: readonly number[];
}

export interface SlotModel {
  /** Different for each model. */
  readonly number: number;
  readonly decoder: SlotDecoder;
}

interface ActiveText {
  readonly request: number;
  readonly job: number;
  readonly model: SlotModel;
  readonly slot: number;
  readonly text: RunningText;
  readonly prompt: readonly number[];
  /** Tokens of the prompt that the model has seen. */
  read: number;
}

/** Of all prompts together in one step: a few times the work of a token for each slot. */
export const PROMPT_TOKENS_PER_STEP = 64;

export class BatchScheduler {
  readonly #tokenizer: Tokenizer;
  #model: SlotModel | undefined;
  #waiting: TextRequest[] = [];
  #active: ActiveText[] = [];

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  /** Nothing can be done until something is asked for, or there is a model. */
  get isIdle(): boolean {
    return this.#active.length === 0 && (this.#waiting.length === 0 || this.#model === undefined);
  }

  /** Texts that have a slot. */
  get active(): number {
    return this.#active.length;
  }

  /** Whether a text is being written with it. */
  isUsed(decoder: SlotDecoder): boolean {
    return this.#active.some(({ model }) => model.decoder === decoder);
  }

  /** New texts are written by this one; those that were begun go on with theirs. */
  use(model: SlotModel): void {
    this.#model = model;
  }

  /** It has at most as many jobs as a decoder has slots. */
  add(request: TextRequest): void {
    this.#waiting.push(request);
  }

  /** Frees its slots at once. One that is not there is none. */
  cancel(request: number): void {
    this.#waiting = this.#waiting.filter(({ id }) => id !== request);
    this.#active = this.#active.filter((text) => text.request !== request);
  }

  /** Forgets all of them, and returns which they were. */
  clear(): readonly number[] {
    const ids = new Set([...this.#active.map(({ request }) => request), ...this.#waiting.map(({ id }) => id)]);
    this.#waiting = [];
    this.#active = [];
    return [...ids];
  }

  /** One run of each model that has texts. Throws what a decoder throws. */
  step(): readonly TextPiece[] {
    this.#admit();
    return [...new Set(this.#active.map(({ model }) => model))].flatMap((model) => this.#run(model));
  }

  /** In order: who needs more slots than are free is not overtaken. */
  #admit(): void {
    const model = this.#model;
    if (model === undefined) return;
    for (const free = this.#freeSlots(model); this.#waiting.length > 0; ) {
      const { id, jobs } = this.#waiting[0]!;
      if (jobs.length > free.length) return;
      this.#waiting.shift();
      for (const [index, job] of jobs.entries()) {
        const slot = free.shift()!;
        model.decoder.reset(slot);
        const text = new RunningText(job, this.#tokenizer);
        this.#active.push({ request: id, job: index, model, slot, text, prompt: job.prompt, read: 0 });
      }
    }
  }

  #freeSlots({ decoder }: SlotModel): number[] {
    const taken = new Set(this.#active.flatMap(({ model, slot }) => (model.decoder === decoder ? [slot] : [])));
    return Array.from({ length: decoder.slots }, (_, slot) => slot).filter((slot) => !taken.has(slot));
  }

  #run(model: SlotModel): readonly TextPiece[] {
    const fed = this.#nextTokens(this.#active.filter((text) => text.model === model));
    const logits = model.decoder.feed(fed.map(({ text: { slot }, tokens }) => ({ slot, tokens })));
    const pieces = fed.flatMap(({ text }, index): TextPiece[] => {
      if (text.read < text.prompt.length) return [];
      const { request, job } = text;
      return [{ request, job, model: model.number, ...text.text.write(logits[index]!) }];
    });
    const ended = new Set(
      fed.filter(({ text }) => pieces.some((piece) => isEndOf(text, piece))).map(({ text }) => text),
    );
    this.#active = this.#active.filter((text) => !ended.has(text));
    return pieces;
  }

  /** A token of each text that is being written, and what there is room for of prompts, the oldest first. */
  #nextTokens(texts: readonly ActiveText[]) {
    let room = PROMPT_TOKENS_PER_STEP;
    return texts.flatMap((text) => {
      const { prompt, read } = text;
      if (read === prompt.length) return [{ text, tokens: [text.text.lastToken] }];
      const tokens = prompt.slice(read, read + room);
      if (tokens.length === 0) return [];
      room -= tokens.length;
      text.read += tokens.length;
      return [{ text, tokens }];
    });
  }
}

function isEndOf({ request, job }: ActiveText, piece: TextPiece): boolean {
  return piece.end !== undefined && piece.request === request && piece.job === job;
}
