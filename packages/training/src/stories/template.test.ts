import { describe, expect, test } from "vitest";
import { Chooser } from "./chooser.ts";
import { renderTemplate, withArticle } from "./template.ts";

const words = (slot: string) => ({ hero: "Lily", he: "she", animal: "owl" })[slot] ?? "?";
const render = (source: string, document = 0) => renderTemplate(source, words, new Chooser(1, document));

describe("story templates", () => {
  test("a slot is replaced by its word, with a capital letter when the slot is written with one", () => {
    expect(render("{Hero} ran. {He} saw {hero}.")).toBe("Lily ran. She saw Lily.");
  });

  test("the article fits the word that was drawn, not the one that was written", () => {
    expect(render("a(n) {animal} and a(n) [apple|orange] and a(n) dog")).toMatch(
      /^an owl and an (apple|orange) and a dog$/,
    );
    expect(withArticle("unicorn")).toBe("a unicorn");
    expect(withArticle("umbrella")).toBe("an umbrella");
  });

  test("every option of a choice is drawn, nested and empty ones included", () => {
    const seen = new Set(Array.from({ length: 200 }, (_, i) => render("x[|a[1|2]|b]", i)));
    expect([...seen].sort()).toEqual(["x", "xa1", "xa2", "xb"]);
  });

  test.each(["[a|b", "a]", "a|b", "{hero"])("the malformed template %s is refused", (source) => {
    expect(() => render(source)).toThrow("internal: story template");
  });
});
