import { expect, test } from "vitest";
import { TokenBuckets } from "./tokenBucket.ts";

const LIMITS = { perSecond: 2, capacity: 3 };

test("a client has what the bucket holds, then what flows in, and learns how long to wait", () => {
  const buckets = new TokenBuckets(LIMITS);
  const taken = [0, 0, 0, 0].map(() => buckets.take("a", 1000));
  expect(taken).toEqual([0, 0, 0, 0.5]);
  expect(buckets.take("a", 1250)).toBe(0.25);
  expect(buckets.take("a", 1500)).toBe(0);
  expect(buckets.take("a", 1500)).toBe(0.5);
});

test("one client's requests do not count for another", () => {
  const buckets = new TokenBuckets({ perSecond: 1, capacity: 1 });
  expect(buckets.take("a", 0)).toBe(0);
  expect(buckets.take("b", 0)).toBe(0);
  expect(buckets.take("a", 0)).toBe(1);
});

test("a bucket never holds more than its capacity, however long nobody asks", () => {
  const buckets = new TokenBuckets(LIMITS);
  buckets.take("a", 0);
  const taken = [0, 0, 0, 0].map(() => buckets.take("a", 1_000_000));
  expect(taken).toEqual([0, 0, 0, 0.5]);
});
