/** One story: a plot that can show the topic, written out in one scene. */
import type { Chooser } from "./chooser.ts";
import { things } from "./lexicon.ts";
import { type Exchange, endings, type Feature, introduction, opening, type Plot, theEnd } from "./plot.ts";
import { plotsOfFriends } from "./plotsOfFriends.ts";
import { plotsOfHome } from "./plotsOfHome.ts";
import { plotsOfNumbers } from "./plotsOfNumbers.ts";
import { plotsOfPlay } from "./plotsOfPlay.ts";
import { Scene, type Topic } from "./scene.ts";
import { renderTemplate } from "./template.ts";

export const plots: readonly Plot[] = [...plotsOfFriends, ...plotsOfPlay, ...plotsOfNumbers, ...plotsOfHome];

export interface Story {
  /** One paragraph, 60 to 150 words. */
  readonly text: string;
  /** Asks one of the questions the story answers; answers may repeat if asked twice. */
  readonly ask: () => Exchange;
}

/** True when a story of this plot is sure to contain all that the topic names. */
function plotShows({ features }: Plot, topic: Topic): boolean {
  const shows = (feature: Feature) => features.includes(feature);
  const isLight = things.some(({ name, light }) => light && name === topic.thing);
  return (
    (topic.friend === undefined || shows("friend")) &&
    (topic.place === undefined || shows("place")) &&
    (topic.thing === undefined || shows("thing") || (isLight && shows("light thing")))
  );
}

export function tellStory(chooser: Chooser, topic: Topic = {}): Story {
  const plot = chooser.pick(plots.filter((candidate) => plotShows(candidate, topic)));
  return tellPlot(plot, chooser, topic);
}

/** Writes out one given plot. */
export function tellPlot(plot: Plot, chooser: Chooser, topic: Topic = {}): Story {
  const { words } = new Scene(chooser, topic);
  const render = (source: string) => renderTemplate(source, words, chooser);
  const second = chooser.chance(1, 2) ? [introduction] : [];
  const sentences = [opening, ...second, ...plot.sentences, endings[plot.ending], theEnd];
  return {
    text: sentences.map(render).join(" "),
    ask: () => {
      const { ask, answer } = chooser.pick(plot.questions);
      return { ask: render(ask), answer: render(answer) };
    },
  };
}
