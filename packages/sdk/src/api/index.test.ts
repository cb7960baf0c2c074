/** What the contract offers. A change here is a change for every other package. */
import { join } from "node:path";
import { expect, test } from "vitest";

const NAMES = [
  "EARNING_KINDS",
  "NeuroError",
  "REJECTION_CODES",
  "ROUTES",
  "ROUTE_IDS",
  "SCOPES",
  "USUAL_PAGE_ITEMS",
  "callRoute",
  "checkRequest",
  "describeFault",
  "httpStatusOf",
  "openApiDocument",
];

test("the contract exports these names", async () => {
  const index: object = await import(join(import.meta.dirname, "index.ts"));
  expect(Object.keys(index).sort()).toEqual(NAMES);
});
