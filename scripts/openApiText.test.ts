import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { OPEN_API_PATH, openApiText } from "./openApiText.ts";

test("docs/openapi.json is what scripts/writeOpenApi.ts makes of the contract", () => {
  expect(readFileSync(OPEN_API_PATH, "utf8") === openApiText()).toBe(true);
});
