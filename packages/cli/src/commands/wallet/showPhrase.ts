/** The words of a new wallet, once, with what they are good for. */
import type { Secret } from "@neuroshard/node";
import type { Surface } from "../../terminal/surface.ts";

const WORDS_PER_LINE = 4;
/** No word of the list is longer than 8 letters. */
const WORD_WIDTH = 10;

export function showPhrase(phrase: Secret<string>, { stdout, stderr }: Surface): void {
  const words = phrase.reveal().split(" ");
  const cells = words.map((word, index) => `${String(index + 1).padStart(4)} ${word.padEnd(WORD_WIDTH)}`);
  stdout.write("\n");
  for (let at = 0; at < cells.length; at += WORDS_PER_LINE)
    stdout.write(
      `${cells
        .slice(at, at + WORDS_PER_LINE)
        .join("")
        .trimEnd()}\n`,
    );
  stderr.write("\nWrite these words on paper, in this order; they are not shown again.\n");
  stderr.write("They bring the account back when the file is lost, and give it to whoever else reads them.\n");
}
