/** How written texts look in an answer: as completions or as chat completions, whole or in parts. */
import type { TextEnd, TokenLikelihood, TokenText } from "../../serving/textRequest.ts";

/** A text, or what came of it at once. */
export interface ChoiceText {
  readonly index: number;
  readonly text: string;
  readonly likelihoods: readonly TokenLikelihood[];
  readonly end: TextEnd | undefined;
}

export interface AnswerForm {
  readonly idPrefix: string;
  readonly wholeKind: string;
  readonly partKind: string;
  whole(choice: ChoiceText): object;
  /** What is told when a text begins; undefined where nothing is. */
  opening(index: number): object | undefined;
  part(choice: ChoiceText): object;
  /** After the last part. */
  closing(index: number, end: TextEnd): object;
}

/** @param hasLikelihoods Whether they were asked for. @param offsets Characters of each text until now; changed here. */
export function completionForm(hasLikelihoods: boolean): AnswerForm {
  const offsets = new Map<number, number>();
  function choiceOf({ index, text, likelihoods, end }: ChoiceText): object {
    const logprobs = hasLikelihoods ? completionLogprobs(likelihoods, offsets.get(index) ?? 0) : null;
    offsets.set(index, (offsets.get(index) ?? 0) + likelihoods.reduce((sum, token) => sum + token.text.length, 0));
    return { index, text, logprobs, finish_reason: end?.finish ?? null };
  }
  return {
    idPrefix: "cmpl-",
    wholeKind: "text_completion",
    partKind: "text_completion",
    whole: choiceOf,
    opening: () => undefined,
    part: (choice) => choiceOf({ ...choice, end: undefined }),
    closing: (index, { finish }) => ({ index, text: "", logprobs: null, finish_reason: finish }),
  };
}

function completionLogprobs(likelihoods: readonly TokenLikelihood[], from: number): object {
  let offset = from;
  return {
    tokens: likelihoods.map(({ text }) => text),
    token_logprobs: likelihoods.map(({ logProbability }) => logProbability),
    top_logprobs: likelihoods.map(({ top }) => {
      return Object.fromEntries(top.map(({ text, logProbability }) => [text, logProbability]));
    }),
    text_offset: likelihoods.map(({ text }) => {
      offset += text.length;
      return offset - text.length;
    }),
  };
}

export function chatForm(hasLikelihoods: boolean): AnswerForm {
  const begun = new Set<number>();
  /** Without the space that a model puts before its first word. */
  function answerText({ index, text }: ChoiceText): string {
    const answer = begun.has(index) ? text : text.trimStart();
    if (answer !== "") begun.add(index);
    return answer;
  }
  const logprobsOf = ({ likelihoods }: ChoiceText): object | null => {
    return hasLikelihoods ? { content: likelihoods.map(chatLogprob), refusal: null } : null;
  };
  return {
    idPrefix: "chatcmpl-",
    wholeKind: "chat.completion",
    partKind: "chat.completion.chunk",
    whole(choice) {
      const message = { role: "assistant", content: answerText(choice), refusal: null };
      return { index: choice.index, message, logprobs: logprobsOf(choice), finish_reason: choice.end?.finish ?? null };
    },
    opening: (index) => ({ index, delta: { role: "assistant", content: "" }, logprobs: null, finish_reason: null }),
    part(choice) {
      const delta = { content: answerText(choice) };
      return { index: choice.index, delta, logprobs: logprobsOf(choice), finish_reason: null };
    },
    closing: (index, { finish }) => ({ index, delta: {}, logprobs: null, finish_reason: finish }),
  };
}

function chatLogprob({ top, ...token }: TokenLikelihood): object {
  return { ...chatToken(token), top_logprobs: top.map(chatToken) };
}

/** A token within a character has no text of its own, and its bytes are not known here. */
function chatToken({ text, logProbability }: TokenText): object {
  const bytes = text.includes("\uFFFD") ? null : [...Buffer.from(text)];
  return { token: text, logprob: logProbability, bytes };
}
