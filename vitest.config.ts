/** Test configuration: every `*.test.ts` of the repository in one run, unit tests and package tests alike. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/**/*.test.ts",
      "scripts/**/*.test.ts",
      "bench/**/*.test.ts",
      "gates/**/*.test.ts",
      "sim/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/build/**"],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
