/** The rewritten lines, played back on a small model of a terminal. */
import { expect, test } from "vitest";
import { LiveBlock } from "./liveBlock.ts";

/** Understands what the block sends: text, line breaks, carriage return, cursor up, erase to the end of the screen. */
class Screen {
  readonly columns: number;
  readonly rows: number;
  readonly lines: string[] = [""];
  #row = 0;
  #column = 0;

  constructor({ columns, rows }: { columns: number; rows: number }) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): void {
    const [plain = "", ...sequences] = text.split("\x1b[");
    this.#type(plain);
    for (const sequence of sequences) {
      const [, count, command, rest] = /^(\d*)([A-Za-z])(.*)$/s.exec(sequence)!;
      if (command === "A") this.#row -= Number(count);
      if (command === "J") this.#erase();
      this.#type(rest!);
    }
  }

  #erase(): void {
    this.lines.length = this.#row + 1;
    this.lines[this.#row] = this.lines[this.#row]!.slice(0, this.#column);
  }

  #type(text: string): void {
    for (const character of text) {
      if (character === "\r" || character === "\n") this.#column = 0;
      if (character === "\n") this.lines[++this.#row] ??= "";
      if (character !== "\r" && character !== "\n") this.#put(character);
    }
  }

  #put(character: string): void {
    const line = this.lines[this.#row]!.padEnd(this.#column);
    this.lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
    this.#column++;
  }
}

function createBlock(size = { columns: 40, rows: 10 }): { screen: Screen; block: LiveBlock } {
  const screen = new Screen(size);
  return { screen, block: new LiveBlock(screen) };
}

test("a block replaces the one before, also when it has fewer lines", () => {
  const { screen, block } = createBlock();
  block.draw(["first", "second", "third"]);
  block.draw(["fourth", "fifth"]);
  expect(screen.lines).toEqual(["fourth", "fifth"]);
});

test("lasting lines stay above the block, in order", () => {
  const { screen, block } = createBlock();
  block.draw(["step 1", "chart"]);
  block.print("saved once");
  block.draw(["step 2", "chart"]);
  block.print("saved twice");
  block.draw(["step 3"]);
  expect(screen.lines).toEqual(["saved once", "saved twice", "step 3"]);
});

test("a cleared block leaves nothing behind and the cursor where it began", () => {
  const { screen, block } = createBlock();
  block.print("before");
  block.draw(["step 1", "chart"]);
  block.clear();
  screen.write("after");
  expect(screen.lines).toEqual(["before", "after"]);
});

test("lines are cut before they would wrap, without counting colours", () => {
  const { screen, block } = createBlock({ columns: 21, rows: 10 });
  block.draw(["x".repeat(50), `\x1b[32m${"y".repeat(20)}\x1b[39m`]);
  expect(screen.lines).toEqual(["x".repeat(20), "y".repeat(20)]);
});

test("a block is never higher than the terminal", () => {
  const { screen, block } = createBlock({ columns: 40, rows: 4 });
  block.draw(["1", "2", "3", "4", "5"]);
  expect(screen.lines).toEqual(["1", "2", "3"]);
});
