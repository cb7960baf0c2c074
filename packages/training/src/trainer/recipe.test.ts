import { expect, test } from "vitest";
import { differingRecipeField, parseRecipe, type Recipe } from "./recipe.ts";

const recipe: Recipe = {
  seed: 1337,
  mode: "bf16",
  batch: 12,
  context: 64,
  learningRate: 1e-3,
  schedule: "cosine",
  warmUpSteps: 100,
  scheduledSteps: 2000,
};

test("a recipe comes back from JSON, without fields that it does not know", () => {
  expect(parseRecipe(JSON.parse(JSON.stringify({ ...recipe, extra: 1 })))).toEqual(recipe);
});

test.each([null, undefined, [], "recipe", { ...recipe, mode: "f16" }, { ...recipe, schedule: "linear" }])(
  "%o is no recipe",
  (json) => {
    expect(parseRecipe(json)).toBeUndefined();
  },
);

test.each(Object.keys(recipe) as (keyof Recipe)[])("%s must be there, and decides which run it is", (field) => {
  const { [field]: _, ...rest } = recipe;
  expect(parseRecipe(rest)).toBeUndefined();
  expect(parseRecipe({ ...recipe, [field]: true })).toBeUndefined();
  expect(differingRecipeField(recipe, { ...recipe })).toBeUndefined();
  const other: Recipe = { ...recipe, [field]: field === "mode" ? "f32" : field === "schedule" ? "constant" : 3 };
  expect(differingRecipeField(recipe, other)).toBe(field);
});
