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
    const [, up, erase, color, control, word] = [0, 1, 2, 3, 4, 5];
    const parts = /\x1b\[(\d+)A|(\x1b\[J)|(\x1b\[\d*m)|([\r\n])|([^\x1b\r\n]+)/g;
    for (const match of text.matchAll(parts)) {
      if (match[up!] !== undefined) this.#row -= Number(match[up!]);
      else if (match[erase!] !== undefined) this.#erase();
      else if (match[control!] !== undefined) this.#control(match[control!]!);
      else if (match[color!] === undefined) this.#type(match[word!]!);
    }
  }

  #erase(): void {
    this.lines.length = this.#row + 1;
    this.lines[this.#row] = this.lines[this.#row]!.slice(0, this.#column);
  }

  #control(character: string): void {
    this.#column = 0;
    if (character === "\r") return;
    this.#row++;
    this.lines[this.#row] ??= "";
  }

  #type(word: string): void {
    const line = this.lines[this.#row]!;
    this.lines[this.#row] =
      line.slice(0, this.#column).padEnd(this.#column) + word + line.slice(this.#column + word.length);
    this.#column += word.length;
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
