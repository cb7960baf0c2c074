/** A conversation as a corpus document: either about a story, or a few short questions. */
import { type ChatTurn, chatTurn } from "./chatFormat.ts";
import type { Chooser } from "./chooser.ts";
import type { Exchange } from "./plot.ts";
import { Scene } from "./scene.ts";
import { exchangeGroups } from "./smallTalk.ts";
import { drawStoryRequest } from "./storyRequests.ts";
import { tellStory } from "./tellStory.ts";
import { renderTemplate } from "./template.ts";

/** Draws one conversation. */
export function chatDocument(chooser: Chooser): string {
  const turns = chooser.chance(1, 2) ? storyTurns(chooser) : shortTurns(chooser);
  return turns.map(chatTurn).join("\n");
}

function storyTurns(chooser: Chooser): ChatTurn[] {
  const before = chooser.chance(1, 4) ? [shortTurn(chooser)] : [];
  const request = drawStoryRequest(chooser);
  const story = tellStory(chooser, request.topic);
  const turn = { question: carelessly(chooser, request.text), answer: story.text };
  const after = chooser.chance(1, 2) ? [turnOf(story.ask())] : [];
  return [...before, turn, ...after];
}

function shortTurns(chooser: Chooser): ChatTurn[] {
  return Array.from({ length: chooser.between(2, 5) }, () => shortTurn(chooser));
}

function shortTurn(chooser: Chooser): ChatTurn {
  const { casual, exchanges } = chooser.pickWeighted(exchangeGroups);
  const { ask, answer } = chooser.pick(exchanges);
  const { words } = new Scene(chooser);
  const question = renderTemplate(ask, words, chooser);
  return {
    question: casual ? carelessly(chooser, question) : question,
    answer: renderTemplate(answer, words, chooser),
  };
}

function turnOf({ ask, answer }: Exchange): ChatTurn {
  return { question: ask, answer };
}

/** People type as they like: one question in four has no capital and no mark at its end. */
function carelessly(chooser: Chooser, question: string): string {
  if (!chooser.chance(1, 4)) return question;
  return question.charAt(0).toLowerCase() + question.slice(1).replace(/[.!?]$/, "");
}
