import { expect, test } from "vitest";
import { notFound, refused } from "./httpFault.ts";
import { IdempotentAnswers, readIdempotencyKey } from "./idempotency.ts";

const REQUEST = { client: "token a", key: "k", routeId: "sendTransaction", body: { transaction: "00" } };
const HOUR_MS = 3_600_000;

function counting() {
  let calls = 0;
  return async () => ++calls;
}

test("the same key and body give the first answer again, and the act is done once", async () => {
  const answers = new IdempotentAnswers();
  const act = counting();
  expect(await answers.answer(REQUEST, act)).toEqual({ value: 1, isRepeated: false });
  expect(await answers.answer({ ...REQUEST, body: { transaction: "00" } }, act)).toEqual({
    value: 1,
    isRepeated: true,
  });
  expect(await act()).toBe(2);
});

test("another body under the same key is refused; another key, client or route is another request", async () => {
  const answers = new IdempotentAnswers();
  const act = counting();
  await answers.answer(REQUEST, act);
  await expect(answers.answer({ ...REQUEST, body: { transaction: "01" } }, act)).rejects.toMatchObject({
    status: 409,
    fault: { code: "IDEMPOTENCY_CONFLICT", data: { key: "k" } },
  });
  for (const other of [{ key: "l" }, { client: "token b" }, { routeId: "stopNode" }]) {
    expect(await answers.answer({ ...REQUEST, ...other }, act)).toMatchObject({ isRepeated: false });
  }
});

test("a refusal that is final is given again; one that says `later` is not", async () => {
  const answers = new IdempotentAnswers();
  let calls = 0;
  const missing = async () => {
    calls += 1;
    throw notFound("thing");
  };
  for (const _ of [1, 2]) await expect(answers.answer(REQUEST, missing)).rejects.toMatchObject({ status: 404 });
  expect(calls).toBe(1);
  const busy = async () => {
    throw refused("POOL_FULL", { mostTransactions: "1", mostBytes: "1" });
  };
  const again = { ...REQUEST, key: "again" };
  await expect(answers.answer(again, busy)).rejects.toMatchObject({ status: 503 });
  expect(await answers.answer(again, async () => "done")).toEqual({ value: "done", isRepeated: false });
});

test("an answer is forgotten after a day, and the oldest where there are too many", async () => {
  let nowMs = 0;
  const answers = new IdempotentAnswers(() => nowMs);
  const act = counting();
  await answers.answer(REQUEST, act);
  nowMs = 23 * HOUR_MS;
  expect((await answers.answer(REQUEST, act)).isRepeated).toBe(true);
  nowMs = 24 * HOUR_MS;
  expect((await answers.answer(REQUEST, act)).isRepeated).toBe(false);
  for (let other = 0; other < 10_000; other++) await answers.answer({ ...REQUEST, key: `key-${other}` }, act);
  expect((await answers.answer({ ...REQUEST, key: "key-9999" }, act)).isRepeated).toBe(true);
  expect((await answers.answer(REQUEST, act)).isRepeated).toBe(false);
});

test.each(["", "a b", "é", "a".repeat(65), "\n"])("%j is no key", (key) => {
  expect(() => readIdempotencyKey(key)).toThrow("header.idempotency-key");
});

test("no header is no key", () => {
  expect(readIdempotencyKey(undefined)).toBeUndefined();
});
