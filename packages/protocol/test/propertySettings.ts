/**
 * How property tests draw their examples: always the same ones, so that a failure repeats. `FC_SEED=7` in the environment
 * draws others; a failure prints its seed.
 */
import process from "node:process";

export interface PropertySettings {
  readonly seed: number;
  readonly numRuns: number;
}

export function propertySettings(seed: number, numRuns = 100): PropertySettings {
  const given = process.env.FC_SEED;
  if (!Number.isInteger(numRuns)) throw new Error(`${numRuns} runs: a property is run a whole number of times`);
  return { seed: given === undefined ? seed : Number(given), numRuns };
}
