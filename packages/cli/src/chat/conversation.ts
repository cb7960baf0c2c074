/** Questions to a model and its answers, whatever they are typed into. */
import { chatPrompt, chatStop, type Generated, type LocalModel } from "@neuroshard/node";
import type { GenerationFlags } from "../options/generation.ts";
import { SEED_RANGE } from "../options/seed.ts";

export interface ConversationSettings extends GenerationFlags {
  readonly seed: number;
  readonly maxTokens: number;
}

export class Conversation {
  readonly #model: LocalModel;
  readonly #settings: ConversationSettings;
  #seed: number;
  #temperature: number | undefined;

  constructor(model: LocalModel, settings: ConversationSettings) {
    this.#model = model;
    this.#settings = settings;
    this.#seed = settings.seed;
    this.#temperature = settings.temperature;
  }

  /** True where the model has learned to answer; any other model goes on with what it is given. */
  get answers(): boolean {
    return this.#model.description.chats;
  }

  setSeed(seed: number): void {
    this.#seed = seed;
  }

  setTemperature(temperature: number): void {
    this.#temperature = temperature;
  }

  /** `onText` gets the answer piece by piece, without the space that a model puts before its first word. */
  async ask(question: string, onText: (piece: string) => void, signal: AbortSignal): Promise<Generated> {
    const form = this.answers ? { prompt: chatPrompt(question), stop: [chatStop] } : { prompt: question };
    let hasBegun = false;
    function onPiece(piece: string): void {
      const text = hasBegun ? piece : piece.trimStart();
      hasBegun ||= text !== "";
      if (text !== "") onText(text);
    }
    const chance = { seed: this.#seed, ...(this.#temperature !== undefined && { temperature: this.#temperature }) };
    // The next seed for the next question: asking the same thing twice should not give the same answer twice.
    this.#seed = this.#seed === SEED_RANGE.most ? SEED_RANGE.least : this.#seed + 1;
    const generated = await this.#model.generate({ ...this.#settings, ...form, ...chance }, onPiece, signal);
    return { ...generated, text: generated.text.trim() };
  }
}
