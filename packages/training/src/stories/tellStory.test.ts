import { describe, expect, test } from "vitest";
import { Chooser } from "./chooser.ts";
import { places } from "./lexicon.ts";
import type { Topic } from "./scene.ts";
import { drawStoryRequest } from "./storyRequests.ts";
import { plots, tellPlot, tellStory } from "./tellStory.ts";

const wordCount = (text: string) => text.split(" ").length;

describe.each(plots.map((plot) => [plot.name, plot] as const))("the plot '%s'", (_, plot) => {
  const stories = Array.from({ length: 150 }, (_, i) => tellPlot(plot, new Chooser(7, i)).text);

  test("has 60 to 150 words in every telling", () => {
    const counts = stories.map(wordCount);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...counts)).toBeLessThanOrEqual(150);
  });

  test("calls a girl she and a boy he from beginning to end", () => {
    // Only the race speaks of the friend's own body.
    const withoutFriend = (text: string) => text.replace(/hurt (his|her) \w+/, "");
    const about = (name: string) =>
      Array.from({ length: 40 }, (_, i) => withoutFriend(tellPlot(plot, new Chooser(8, i), { hero: { name } }).text));
    expect(
      about("Lily")
        .join(" ")
        .replaceAll(/"[^"]*"/g, ""),
    ).not.toMatch(/\b(he|him|his)\b/i);
    const lostBaby = plot.name === "lost baby" ? /but she was not there/g : /$^/g;
    expect(
      about("Tom")
        .join(" ")
        .replaceAll(/"[^"]*"/g, "")
        .replaceAll(lostBaby, ""),
    ).not.toMatch(/\b(she|her)\b/i);
  });

  test("answers its own questions from the story", () => {
    for (let i = 0; i < 40; i++) {
      const { text, ask } = tellPlot(plot, new Chooser(9, i));
      const { ask: question, answer } = ask();
      expect(question).toMatch(/^[A-Z].*\?$/);
      const named = answer.match(/\b[A-Z][a-z]+\b|\b\d+\b/g) ?? [];
      const unknown = named.filter((word) => !text.toLowerCase().includes(word.toLowerCase()));
      expect(unknown.filter((word) => !["It", "They", "The"].includes(word))).toEqual([]);
    }
  });
});

test("a story contains all that its request names", () => {
  for (let i = 0; i < 3000; i++) {
    const chooser = new Chooser(11, i);
    const { topic } = drawStoryRequest(chooser);
    const { text } = tellStory(chooser, topic);
    for (const word of wordsOfTopic(topic)) expect(text).toContain(word);
  }
});

function wordsOfTopic({ hero, friend, place, thing, color, trait }: Topic): string[] {
  const wanted = [hero?.kind, hero?.name, friend?.kind, friend?.name, thing, color, trait];
  const placeWords = places.filter(({ name }) => name === place).map(({ name }) => name);
  return [...wanted, ...placeWords].filter((word) => word !== undefined);
}

test("every topic can be told by more than one plot", () => {
  const topics: Topic[] = [
    { place: "the park" },
    { thing: "drum" },
    { hero: { kind: "dog" }, place: "the hill" },
    { friend: { kind: "cat" } },
  ];
  for (const topic of topics) {
    const openings = Array.from({ length: 60 }, (_, i) => tellStory(new Chooser(12, i), topic).text.split(". ")[2]);
    expect(new Set(openings).size).toBeGreaterThan(3);
  }
});
