/**
 * One answer with texts on its way to a client: whole at the end, or as server-sent events while they are written. A client
 * that is gone frees its places at once; one that does not read is cut off, and nobody else waits for it.
 */
import { randomUUID } from "node:crypto";
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { UsageView } from "@neuroshard/sdk/api";
import type { ServedModel } from "../../serving/offeredModels.ts";
import type { TextJob, TextPiece } from "../../serving/textRequest.ts";
import type { TextServer } from "../../serving/textServer.ts";
import { type HttpFault, refused } from "../httpFault.ts";
import { safeJson } from "../safeJson.ts";
import type { AnswerForm, ChoiceText } from "./answerForm.ts";
import { openAiError } from "./openAiError.ts";
import { fingerprintOf, modelId } from "./servedModels.ts";

export interface TextAnswerParts {
  readonly server: TextServer;
  readonly jobs: readonly TextJob[];
  /** Tokens of all prompts, each counted once. */
  readonly promptTokens: number;
  readonly form: AnswerForm;
  readonly isStream: boolean;
  /** Counts in an event of their own. */
  readonly isUsageStreamed: boolean;
}

/** What a client may owe that does not read. */
const MOST_OWED_BYTES = 2 ** 20;
/** In the queue, and while a whole answer is written. */
const MOST_SILENCE_MS = 600_000;
/** For what is left to be read when all is written. */
const MOST_DRAIN_MS = 30_000;
const MS_PER_SECOND = 1000;

export class TextAnswer {
  readonly #parts: TextAnswerParts;
  readonly #response: ServerResponse;
  readonly #headers: OutgoingHttpHeaders;
  readonly #choices: Choice[];
  readonly #id: string;
  readonly #created = Math.floor(Date.now() / MS_PER_SECOND);
  readonly #cancel: () => void;

  constructor(parts: TextAnswerParts, response: ServerResponse, headers: OutgoingHttpHeaders) {
    this.#parts = parts;
    this.#response = response;
    this.#headers = headers;
    this.#choices = parts.jobs.map(() => ({ text: "", likelihoods: [], end: undefined, hasBegun: false }));
    this.#id = `${parts.form.idPrefix}${randomUUID().replaceAll("-", "")}`;
    response.setTimeout(MOST_SILENCE_MS, () => response.destroy());
    this.#cancel = parts.server.write(parts.jobs, {
      piece: (piece, model) => (parts.isStream ? this.#stream(piece, model) : this.#collect(piece, model)),
      fault: (reason) => this.#fail(refused("UNAVAILABLE", { reason })),
    });
    // Also when all was written: then nothing is left to be cancelled.
    response.on("close", this.#cancel);
    // A connection that broke is closed; there is nobody to tell.
    response.on("error", this.#cancel);
  }

  #collect(piece: TextPiece, model: ServedModel): void {
    const choice = this.#choices[piece.job]!;
    choice.text += piece.text;
    choice.likelihoods.push(...piece.likelihoods);
    choice.end = piece.end;
    if (this.#choices.some(({ end }) => end === undefined)) return;
    const { form } = this.#parts;
    const choices = this.#choices.map((each, index) => form.whole({ ...each, index }));
    this.#response.writeHead(200, { ...this.#headersOf(model), "content-type": "application/json; charset=utf-8" });
    this.#close(safeJson({ ...this.#envelope(form.wholeKind, model), choices, usage: this.#usage() }));
  }

  #stream(piece: TextPiece, model: ServedModel): void {
    const { form } = this.#parts;
    const choice = this.#choices[piece.job]!;
    const { text, likelihoods, end, job: index } = piece;
    if (!this.#response.headersSent) {
      this.#response.writeHead(200, { ...this.#headersOf(model), "content-type": "text/event-stream" });
    }
    const opening = choice.hasBegun ? undefined : form.opening(index);
    choice.hasBegun = true;
    choice.end = end;
    const part: ChoiceText = { index, text, likelihoods, end };
    const tokens = text === "" && likelihoods.length === 0 ? undefined : form.part(part);
    const closing = end === undefined ? undefined : form.closing(index, end);
    const events = [opening, tokens, closing].filter((event) => event !== undefined);
    this.#send(events.map((event) => this.#event([event], model)).join(""));
    if (this.#choices.every((each) => each.end !== undefined)) this.#endStream(model);
  }

  #endStream(model: ServedModel): void {
    const usage = this.#parts.isUsageStreamed ? this.#event([], model, this.#usage()) : "";
    this.#close(`${usage}data: [DONE]\n\n`);
  }

  #event(choices: readonly object[], model: ServedModel, usage: UsageView | null = null): string {
    const { form, isUsageStreamed } = this.#parts;
    const envelope = this.#envelope(form.partKind, model);
    return `data: ${safeJson({ ...envelope, choices, ...(isUsageStreamed && { usage }) })}\n\n`;
  }

  #send(text: string): void {
    if (text === "" || this.#response.destroyed) return;
    if (this.#response.writableLength > MOST_OWED_BYTES) this.#response.destroy();
    else this.#response.write(text);
  }

  #close(text: string): void {
    this.#response.setTimeout(MOST_DRAIN_MS);
    this.#response.end(text);
  }

  /** The node's fault: as an answer where there is none yet, else as the last event. */
  #fail({ fault, status }: HttpFault): void {
    const error = safeJson(openAiError(fault, status));
    if (this.#response.destroyed) return;
    if (this.#response.headersSent) {
      this.#close(`data: ${error}\n\n`);
      return;
    }
    this.#response.writeHead(status, { ...this.#headers, "content-type": "application/json; charset=utf-8" });
    this.#close(error);
  }

  #headersOf({ digest }: ServedModel): OutgoingHttpHeaders {
    return { ...this.#headers, "x-neuroshard-model": digest };
  }

  #envelope(kind: string, model: ServedModel): object {
    const named = { model: modelId(model), system_fingerprint: fingerprintOf(model) };
    return { id: this.#id, object: kind, created: this.#created, ...named };
  }

  #usage(): UsageView {
    const { promptTokens } = this.#parts;
    const completionTokens = this.#choices.reduce((sum, { end }) => sum + (end?.tokens ?? 0), 0);
    return {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    };
  }
}

interface Choice {
  text: string;
  readonly likelihoods: ChoiceText["likelihoods"][number][];
  end: ChoiceText["end"];
  hasBegun: boolean;
}
