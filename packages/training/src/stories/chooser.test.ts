import { expect, test } from "vitest";
import { Chooser } from "./chooser.ts";

test("the bits of a document are the sum of -log2 of the probabilities of its choices", () => {
  const chooser = new Chooser(3, 0);
  chooser.pick(["a", "b", "c", "d"]);
  expect(chooser.bits).toBeCloseTo(2, 12);
  chooser.between(0, 15);
  expect(chooser.bits).toBeCloseTo(6, 12);
  chooser.pickWeighted([{ weight: 3 }, { weight: 0 }]);
  expect(chooser.bits).toBeCloseTo(6, 12);
  const wanted = chooser.chance(1, 8);
  expect(chooser.bits).toBeCloseTo(6 + Math.log2(wanted ? 8 : 8 / 7), 12);
});

test("weighted options appear in proportion to their weights", () => {
  const options = [
    { weight: 1, name: "rare" },
    { weight: 3, name: "common" },
  ];
  const chooser = new Chooser(4, 0);
  const common = Array.from({ length: 4000 }, () => chooser.pickWeighted(options)).filter(({ weight }) => weight === 3);
  expect(common.length / 4000).toBeCloseTo(0.75, 1);
});

test("draws depend on the seed and on the document, and on nothing else", () => {
  const draw = (seed: number, document: number) => {
    const chooser = new Chooser(seed, document);
    return Array.from({ length: 8 }, () => chooser.below(1000));
  };
  expect(draw(1, 2)).toEqual(draw(1, 2));
  expect(draw(1, 2)).not.toEqual(draw(1, 3));
  expect(draw(1, 2)).not.toEqual(draw(2, 2));
  expect(draw(1 + 2 ** 32, 2)).not.toEqual(draw(1, 2));
});
