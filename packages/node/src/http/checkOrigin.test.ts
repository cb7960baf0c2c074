import { expect, test } from "vitest";
import { originProblem } from "./checkOrigin.ts";

test.each([
  ["127.0.0.1:8765", undefined],
  ["[::1]:8765", undefined],
  ["localhost:8765", "http://localhost:8765"],
  ["192.168.1.7:8765", "http://192.168.1.7:8765"],
  ["node.example:8765", undefined],
])("host %s with origin %s may ask", (host, origin) => {
  expect(originProblem({ host, origin }, ["node.example"])).toBeUndefined();
});

test("a name that points at this machine but is none of its names may not: that is how DNS rebinding asks", () => {
  expect(originProblem({ host: "evil.example:8765", origin: undefined }, [])).toContain("evil.example");
});

test.each(["http://evil.example", "http://127.0.0.1:9999", "null", "http://127.0.0.1.evil.example:8765"])(
  "a page of %s may not",
  (origin) => {
    expect(originProblem({ host: "127.0.0.1:8765", origin }, [])).toContain("another site");
  },
);

test("a request without a host may not", () => {
  expect(originProblem({ host: undefined, origin: undefined }, [])).toContain("which host");
});
