import { expect, test } from "vitest";
import { type ApiErrorCode, httpStatusOf } from "./apiErrorCode.ts";
import { describeFault } from "./describeFault.ts";
import { REJECTION_CODES } from "./describeRejection.ts";

/** A figure for every name: the name itself, so that it can be found in the sentence. */
const named = new Proxy({}, { get: (_, name) => `<${String(name)}>` }) as Readonly<Record<string, string>>;

const REFUSALS = [
  "NOT_FOUND",
  "BAD_REQUEST",
  "TOO_LARGE",
  "TOO_MANY_REQUESTS",
  "UNSUPPORTED_MEDIA",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "SCOPE_MISSING",
  "IDEMPOTENCY_CONFLICT",
  "POOL_FULL",
  "TOO_MANY_PENDING",
  "TRANSACTION_TOO_LARGE",
  "READ_ONLY",
  "UNAVAILABLE",
  "MODEL_NOT_READY",
  "MODEL_NOT_FOUND",
  "CONTEXT_LENGTH_EXCEEDED",
  "INTERNAL",
] as const;

test.each([...REJECTION_CODES, ...REFUSALS])(
  "%s is one line with cause and remedy, and has a status of a failure",
  (code) => {
    const { message } = describeFault(code, named);
    expect(message).toMatch(/^[^\n]+; [^\n]+[^.\n]$/);
    expect(message).not.toContain("undefined");
    expect(httpStatusOf(code as ApiErrorCode)).toBeGreaterThanOrEqual(400);
  },
);

test("amounts are told in NEURO, exactly", () => {
  const data = { available: "1500000000000000000", needed: "1500000000000000001" };
  const { message } = describeFault("BALANCE_TOO_LOW", data);
  expect(message).toContain("1.5 NEURO");
  expect(message).toContain("1.500000000000000001 NEURO");
});

test("a code of a later release is shown with its figures", () => {
  const { code, message } = describeFault("LATER_CODE", { most: "3" });
  expect(code).toBe("LATER_CODE");
  expect(message).toContain("most 3");
});
