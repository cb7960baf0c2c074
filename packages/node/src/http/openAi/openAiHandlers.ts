/** Answers with texts, as OpenAI's clients ask for them. */
import type { CompletionRequest } from "@neuroshard/sdk/api";
import type { TextJob } from "../../serving/textRequest.ts";
import type { Handlers } from "../handlers/handler.ts";
import { refused } from "../httpFault.ts";
import { Streamed } from "../streamed.ts";
import { type AnswerForm, chatForm, completionForm } from "./answerForm.ts";
import { chatPromptOf } from "./chatPrompts.ts";
import { modelViews, type ReadyWriter, requireModel, requireWriter } from "./servedModels.ts";
import { TextAnswer } from "./textAnswer.ts";
import { encodePrompt, fitPrompt, textJobs } from "./textJobs.ts";

/** OpenAI's, for completions. */
const USUAL_TOKENS = 16;
const BUSY_SECONDS = "1";

export const openAiHandlers: Handlers<
  "listServedModels" | "getServedModel" | "createCompletion" | "createChatCompletion"
> = {
  listServedModels: (context) => ({ object: "list", data: modelViews(context) }),

  getServedModel(context, { params: { model: id } }) {
    requireModel(requireWriter(context), id);
    return modelViews(context).find((view) => view.id === id)!;
  },

  createCompletion(context, { body }) {
    const writer = requireWriter(context);
    requireModel(writer, body.model);
    const asked = body.max_tokens ?? USUAL_TOKENS;
    const prompts = promptsOf(body, writer).map((tokens) => fitPrompt(tokens, asked, writer.context));
    const jobs = textJobs(body, prompts, body.logprobs ?? undefined);
    const hasLogprobs = (body.logprobs ?? undefined) !== undefined;
    const promptTokens = prompts.reduce((sum, { tokens }) => sum + tokens.length, 0);
    return answer({ writer, jobs, promptTokens, form: completionForm(hasLogprobs), body });
  },

  createChatCompletion(context, { body }) {
    const writer = requireWriter(context);
    requireModel(writer, body.model);
    const { prompt, stops } = chatPromptOf(body, writer);
    const topCount = body.logprobs === true ? (body.top_logprobs ?? 0) : undefined;
    const jobs = textJobs(body, [prompt], topCount, stops);
    const form = chatForm(body.logprobs === true);
    return answer({ writer, jobs, promptTokens: prompt.tokens.length, form, body });
  },
};

interface Asked {
  readonly writer: ReadyWriter;
  readonly jobs: readonly TextJob[];
  readonly promptTokens: number;
  readonly form: AnswerForm;
  readonly body: Pick<CompletionRequest, "stream" | "stream_options">;
}

/** Throws HttpFault TOO_MANY_REQUESTS. */
function answer({ writer: { server }, jobs, promptTokens, form, body }: Asked): Streamed {
  if (!server.hasRoomFor(jobs.length)) throw refused("TOO_MANY_REQUESTS", { retryAfterSeconds: BUSY_SECONDS });
  const isStream = body.stream === true;
  const isUsageStreamed = isStream && body.stream_options?.include_usage === true;
  return new Streamed((response, headers) => {
    new TextAnswer({ server, jobs, promptTokens, form, isStream, isUsageStreamed }, response, headers);
  });
}

function promptsOf({ prompt }: CompletionRequest, writer: ReadyWriter): readonly (readonly number[])[] {
  if (typeof prompt === "string") return [encodePrompt(prompt, "body.prompt", writer)];
  if (prompt.every((part) => typeof part === "string")) {
    return prompt.map((text, index) => encodePrompt(text, `body.prompt.${index}`, writer));
  }
  const tokens = prompt.map(Number);
  const strange = tokens.findIndex((id) => id >= writer.tokenizer.vocabularySize);
  if (strange === -1) return [tokens];
  const reason = `is no token of the model, which has ${writer.tokenizer.vocabularySize}`;
  throw refused("BAD_REQUEST", { path: `body.prompt.${strange}`, reason });
}
