/** Messages of a conversation as the prompt that the model has learned to answer. */

import type { ChatMessage, ChatRequest } from "@neuroshard/sdk/api";
import { type ChatTurn, chatPrompt, chatStop } from "@neuroshard/training";
import { refused } from "../httpFault.ts";
import type { ReadyWriter } from "./servedModels.ts";
import { encodePrompt, type FittedPrompt, fitPrompt } from "./textJobs.ts";

export interface ChatPrompt {
  readonly prompt: FittedPrompt;
  /** That end an answer. */
  readonly stops: readonly string[];
}

interface Conversation {
  readonly history: readonly ChatTurn[];
  readonly question: string;
}

/** Of the context, kept for an answer where turns are left out to make room. */
const LEAST_ANSWER_SHARE = 1 / 4;
const PATH = "body.messages";

/** Throws HttpFault BAD_REQUEST, CONTEXT_LENGTH_EXCEEDED. */
export function chatPromptOf(body: ChatRequest, writer: ReadyWriter): ChatPrompt {
  const { context, chats } = writer;
  const conversation = conversationOf(body.messages);
  const asked = body.max_completion_tokens ?? body.max_tokens ?? undefined;
  const room = asked ?? (body.truncation === "auto" ? Math.ceil(context * LEAST_ANSWER_SHARE) : 1);
  const tokens = tokensThatFit(conversation, room, body.truncation === "auto", writer);
  const prompt = fitPrompt(tokens, asked ?? Math.max(1, context - tokens.length), context);
  return { prompt, stops: chats ? [chatStop] : [] };
}

/** Where turns may be left out, the oldest go first. */
function tokensThatFit(
  { history, question }: Conversation,
  room: number,
  mayLeaveOut: boolean,
  writer: ReadyWriter,
): readonly number[] {
  for (let from = 0; ; from++) {
    const tokens = encodePrompt(textOf({ history: history.slice(from), question }, writer.chats), PATH, writer);
    if (tokens.length + room <= writer.context || from === history.length || !mayLeaveOut) return tokens;
  }
}

/** A model that has not learned to answer goes on with what was said. */
function textOf({ history, question }: Conversation, chats: boolean): string {
  if (chats) return chatPrompt(question, history);
  return [...history.flatMap(({ question: asked, answer }) => [asked, answer]), question].join("\n");
}

function conversationOf(messages: readonly ChatMessage[]): Conversation {
  const history: ChatTurn[] = [];
  let question: string | undefined;
  for (const { role, content } of messages) {
    const text = typeof content === "string" ? content : content.map((part) => part.text).join(" ");
    if (role === "user") question = question === undefined ? text : `${question} ${text}`;
    if (role !== "assistant") continue;
    history.push({ question: question ?? "", answer: text });
    question = undefined;
  }
  if (question !== undefined) return { history, question };
  throw refused("BAD_REQUEST", { path: PATH, reason: "do not end with one of the user" });
}
