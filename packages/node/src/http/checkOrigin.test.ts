import { expect, test } from "vitest";
import { checkOrigin } from "./checkOrigin.ts";

const RULES = { hostNames: ["node.example"], corsOrigins: ["https://app.example"] };

test.each([
  ["127.0.0.1:8765", undefined],
  ["[::1]:8765", undefined],
  ["localhost:8765", "http://localhost:8765"],
  ["192.168.1.7:8765", "http://192.168.1.7:8765"],
  ["node.example:8765", undefined],
])("host %s with origin %s may ask", (host, origin) => {
  expect(checkOrigin({ host, origin }, RULES)).toEqual({ kind: "own" });
});

test("a name that points at this machine but is none of its names may not: that is how DNS rebinding asks", () => {
  const answer = checkOrigin({ host: "evil.example:8765", origin: undefined }, RULES);
  expect(answer).toEqual({ kind: "refused", reason: expect.stringContaining("evil.example") });
});

test("a site that the operator allows may ask under the node's own name, and is known as another site", () => {
  const origin = "https://app.example";
  expect(checkOrigin({ host: "127.0.0.1:8765", origin }, RULES)).toEqual({ kind: "foreign", origin });
  expect(checkOrigin({ host: "evil.example:8765", origin }, RULES).kind).toBe("refused");
});

test.each([
  "http://evil.example",
  "http://127.0.0.1:9999",
  "null",
  "http://127.0.0.1.evil.example:8765",
  "http://app.example",
  "https://app.example:444",
  "https://app.example.evil",
])("a page of %s may not", (origin) => {
  const answer = checkOrigin({ host: "127.0.0.1:8765", origin }, RULES);
  expect(answer).toEqual({ kind: "refused", reason: expect.stringContaining("another site") });
});

test("a request without a host may not", () => {
  const answer = checkOrigin({ host: undefined, origin: undefined }, RULES);
  expect(answer).toEqual({ kind: "refused", reason: expect.stringContaining("which host") });
});
