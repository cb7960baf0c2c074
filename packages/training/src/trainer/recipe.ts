/** Everything besides data and architecture that decides the weights of a run: the same recipe gives the same bits. */
import type { ScheduleKind } from "@neuroshard/model";
import type { OperandMode } from "@neuroshard/tensor";

export interface Recipe {
  readonly seed: number;
  readonly mode: OperandMode;
  /** Sequences per optimisation step. */
  readonly batch: number;
  /** Tokens per sequence. */
  readonly context: number;
  readonly learningRate: number;
  readonly schedule: ScheduleKind;
  readonly warmUpSteps: number;
  /** Where a cosine schedule ends; 0 for a constant one, which a run may follow for as long as it likes. */
  readonly scheduledSteps: number;
}

const recipeFields = {
  seed: "number",
  mode: "string",
  batch: "number",
  context: "number",
  learningRate: "number",
  schedule: "string",
  warmUpSteps: "number",
  scheduledSteps: "number",
} as const satisfies { readonly [F in keyof Recipe]: "number" | "string" };

/** Reads a recipe from JSON; undefined when a field is missing or of another type. */
export function parseRecipe(json: unknown): Recipe | undefined {
  const object = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const fits = Object.entries(recipeFields).every(([field, type]) => typeof object[field] === type);
  const { mode, schedule } = object;
  const isKnown = (mode === "bf16" || mode === "f32") && (schedule === "constant" || schedule === "cosine");
  if (!fits || !isKnown) return undefined;
  return Object.fromEntries(Object.keys(recipeFields).map((field) => [field, object[field]])) as unknown as Recipe;
}

/** Names the first field in which two recipes differ, or undefined. */
export function differingRecipeField(a: Recipe, b: Recipe): keyof Recipe | undefined {
  const fields = Object.keys(recipeFields) as (keyof Recipe)[];
  return fields.find((field) => a[field] !== b[field]);
}
