import { describe, expect, test } from "vitest";
import { chatPrompt, chatStop, chatTurn } from "./chatFormat.ts";
import { measureStories } from "./measureStories.ts";
import { drawDocument, generateStories, storyDocuments, takeStories } from "./storyDocuments.ts";

const sample = Array.from({ length: 4000 }, (_, i) => drawDocument(21, i).text);
const corpus = sample.join("\n\n");

describe("the story corpus", () => {
  test("is a fixed function of its seed", async () => {
    const bytes = new TextEncoder().encode(generateStories({ seed: 1, minBytes: 100_000 }));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    expect(Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")).toBe(
      "c31731a7badade8b6099c68a8dece4dd6cc93f74739f8f36e0a8e9a499d5e7b1",
    );
  });

  test("ends with the first whole document that reaches the wanted size", () => {
    const documents = takeStories({ seed: 5, minBytes: 5000 });
    expect(documents.join("\n\n").length).toBeGreaterThanOrEqual(5000);
    expect(documents.slice(0, -1).join("\n\n").length).toBeLessThan(5000);
    expect(generateStories({ seed: 5, minBytes: 5000 })).toBe(documents.join("\n\n"));
    const endless = storyDocuments({ seed: 5 });
    for (const document of documents) expect(endless.next().value).toBe(document);
  });

  test("gives 2 MB on demand, and other text for another seed", () => {
    const text = generateStories({ seed: 2, minBytes: 2_000_000 });
    expect(text.length).toBeGreaterThanOrEqual(2_000_000);
    expect(generateStories({ seed: 3, minBytes: 2000 })).not.toBe(generateStories({ seed: 2, minBytes: 2000 }));
  });

  test("is plain ASCII without a trace of the grammar's notation", () => {
    expect(/[^\n -~]/.exec(corpus)?.[0]).toBeUndefined();
    expect(/[[\]{}|#]|undefined| {2}|a\(n\)| [.,!?]/.exec(corpus)?.[0]).toBeUndefined();
  });

  test("uses a and an by the sound that follows", () => {
    expect(/\ba (?!uni)[aeiou]/i.exec(corpus)?.[0]).toBeUndefined();
    expect(/\ban (?![aeiou]|hour)/i.exec(corpus)?.[0]).toBeUndefined();
    expect(/\ban uni/i.exec(corpus)?.[0]).toBeUndefined();
  });

  test("starts every sentence with a capital letter, a digit or a quotation mark", () => {
    const stories = sample.filter((text) => !text.startsWith("User:"));
    expect(stories.length).toBeGreaterThan(1500);
    for (const text of stories) {
      expect(text).toMatch(/^[A-Z]/);
      expect(text).not.toMatch(/[.!?] [a-z]/);
      expect(text).toMatch(/The end\.$/);
    }
  });

  test("counts correctly", () => {
    const sums = [...corpus.matchAll(/(\d+) plus (\d+) is (\d+)/g)];
    const differences = [...corpus.matchAll(/(\d+) minus (\d+) is (\d+)/g)];
    expect(sums.length).toBeGreaterThan(500);
    expect(differences.length).toBeGreaterThan(300);
    for (const [, a, b, c] of sums) expect(Number(a) + Number(b)).toBe(Number(c));
    for (const [, a, b, c] of differences) expect(Number(a) - Number(b)).toBe(Number(c));
    for (const [, given] of corpus.matchAll(/(\d+) (?:apples|pears|coins|eggs|shells|leaves)/g)) {
      expect(Number(given)).toBeGreaterThan(1);
    }
  });

  test("is half stories and half conversations in the form of the prompt", () => {
    const chats = sample.filter((text) => text.startsWith("User: "));
    expect(chats.length / sample.length).toBeCloseTo(0.5, 1);
    for (const text of chats) expect(text).toMatch(/^(User: [^\n]+\nNeuro: [^\n]+(\n(?=User)|$))+$/);
    expect(corpus).toMatch(/User: What is 3 plus (\d+)\?\nNeuro: 3 plus \1 is /);
    for (const question of ["Hello!", "Tell me a story.", "tell me a story", "Goodbye!"]) {
      expect(corpus.includes(`${chatPrompt(question)} `), question).toBe(true);
    }
  });

  test("has the entropy rate that its documentation states", () => {
    const figures = measureStories(1, 4000);
    expect(figures.bitsPerCharacter).toBeCloseTo(0.1037, 4);
    expect(figures.bitsPerWord).toBeCloseTo(0.515, 3);
    expect(figures.vocabulary).toBeGreaterThan(600);
  });
});

describe("the chat format", () => {
  test("a prompt followed by an answer is the turn that the corpus contains", () => {
    const turn = { question: "What is 3 plus 4?", answer: "3 plus 4 is 7." };
    expect(chatTurn(turn)).toBe("User: What is 3 plus 4?\nNeuro: 3 plus 4 is 7.");
    expect(chatPrompt("Hi!", [turn])).toBe(`${chatTurn(turn)}${chatStop}User: Hi!\nNeuro:`);
  });

  test("a question that contains line breaks stays one line", () => {
    expect(chatPrompt("  Tell me\n a story.\n")).toBe("User: Tell me a story.\nNeuro:");
  });
});
