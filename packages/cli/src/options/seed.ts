/** The option that makes chance repeatable. */
import type { Option } from "commander";
import { wholeNumberOption } from "./option.ts";

export const SEED_RANGE = { least: 0, most: Number.MAX_SAFE_INTEGER };

export function seedOption(): Option {
  return wholeNumberOption(
    "--seed <number>",
    "starting point of all chance: the same seed, the same result",
    SEED_RANGE,
  );
}
