/** Compares the names and orders in kernels.ts with those in the C source: an operand's place is known by its name only. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type KernelName, kernelNames, kernels, productFlags } from "./kernels.ts";

const folder = new URL("../kernels/", import.meta.url);
const source = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The text from `start` to the first `end` after it. */
function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  if (from === -1) throw new Error(`${start} is not in the C source`);
  return text.slice(from + start.length, text.indexOf(end, from + start.length));
}

/** The entries of the enum that opens a function, in order; `D_OUTPUT = 19` sets the place of an entry. */
function enumOf(signature: string): Map<string, number> {
  const places = new Map<string, number>();
  let next = 0;
  for (const entry of between(between(source, signature, "\n}"), "enum {", "}").split(",")) {
    const [name, place] = entry.split("=");
    if (place !== undefined) next = Number(place);
    places.set(name!.trim(), next++);
  }
  return places;
}

function operandsInC(kernel: KernelName): Map<string, number> {
  const common = "Attention read_attention(Team *team, Operands o) {";
  if (kernel === "attention") return enumOf(common);
  const own = enumOf(`void ${snakeCase(kernel)}(Team *team, Operands o) {`);
  return kernel === "attentionBackward" ? new Map([...enumOf(common), ...own]) : own;
}

describe("the table of kernels and the C source", () => {
  test("name the same kernels in the same order", () => {
    const listed = between(source, "#define KERNELS(X)", "\n\n").matchAll(/X\((\w+)\)/g);
    expect([...listed].map(([, name]) => name)).toEqual(kernelNames.map(snakeCase));
  });

  test.each(kernelNames)("%s reads the same operands in the same order", (kernel) => {
    const expected = kernels[kernel].map((name, place) => [snakeCase(name).toUpperCase(), place]);
    expect([...operandsInC(kernel)]).toEqual(expected);
  });

  test("give the flags of products the same values", () => {
    const flag = (name: string): number => Number(new RegExp(`#define ${name} (\\d+)`).exec(source)?.[1]);
    const inC = { fused: flag("FLAG_FUSED"), roundA: flag("FLAG_ROUND_A"), roundB: flag("FLAG_ROUND_B") };
    expect(inC).toEqual(productFlags);
  });
});
