/** Every combination of what a request can be, against rules that are written down here once more, one a line. */
import { SCOPES, type Scope } from "@neuroshard/sdk/api";
import { describe, expect, test } from "vitest";
import { type AccessQuestion, decideAccess } from "./accessPolicy.ts";

function subsets<T>(items: readonly T[]): T[][] {
  const count = 2 ** items.length;
  return Array.from({ length: count }, (_, bits) => items.filter((_item, index) => (bits >> index) % 2 === 1));
}

const TOKENS: AccessQuestion["token"][] = ["none", "unknown", ...subsets(SCOPES)];
const QUESTIONS: AccessQuestion[] = [null, ...SCOPES].flatMap((needed) =>
  TOKENS.flatMap((token) =>
    [true, false].flatMap((isLoopback) =>
      [true, false].flatMap((isForeignPage) =>
        subsets(SCOPES).map((publicScopes) => ({ needed, token, isLoopback, isForeignPage, publicScopes })),
      ),
    ),
  ),
);

/** The words of `scope` with which this request may come without a token, by the table of the documentation. */
const OPEN: Readonly<Record<Scope, (question: AccessQuestion) => boolean>> = {
  read: ({ isLoopback, publicScopes }) => isLoopback || publicScopes.includes("read"),
  serve: ({ isLoopback, publicScopes }) => isLoopback || publicScopes.includes("serve"),
  wallet: ({ isLoopback, publicScopes }) => isLoopback || publicScopes.includes("wallet"),
  admin: () => false,
};

function expected(question: AccessQuestion): "allowed" | "unauthorized" | "missing" {
  const { needed, token, isForeignPage } = question;
  if (needed === null) return "allowed";
  if (token === "unknown") return "unauthorized";
  const isOpen = !isForeignPage && OPEN[needed](question);
  if (token === "none") return isOpen ? "allowed" : "unauthorized";
  return isOpen || token.includes(needed) ? "allowed" : "missing";
}

describe("who may do what", () => {
  test("all 5,760 combinations", () => {
    expect(QUESTIONS).toHaveLength(5 * 18 * 4 * 16);
    const wrong = QUESTIONS.filter((question) => decideAccess(question).kind !== expected(question));
    expect(wrong).toEqual([]);
  });

  test("whoever may ask a route has the scope of it, and nobody has `admin` without a token that says so", () => {
    for (const question of QUESTIONS) {
      const answer = decideAccess(question);
      if (answer.kind !== "allowed") continue;
      if (question.needed !== null) expect(answer.scopes).toContain(question.needed);
      if (answer.scopes.includes("admin")) expect(question.token).toContain("admin");
    }
  });
});
