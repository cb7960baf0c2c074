import { expect, test } from "vitest";
import { Turnstile } from "./turnstile.ts";

test("further ones are turned away, or wait in order", async () => {
  const turnstile = new Turnstile(1);
  const leave = turnstile.tryEnter("a")!;
  expect(turnstile.tryEnter("a")).toBeUndefined();
  expect(turnstile.tryEnter("b")).toBeDefined();
  const order: string[] = [];
  const second = turnstile.enter("a").then((exit) => {
    order.push("second");
    exit();
  });
  const third = turnstile.enter("a").then(() => order.push("third"));
  leave();
  leave();
  await Promise.all([second, third]);
  expect(order).toEqual(["second", "third"]);
  expect(turnstile.tryEnter("a")).toBeUndefined();
});

test("whoever stops waiting leaves its place to the next", async () => {
  const turnstile = new Turnstile(1);
  const leave = turnstile.tryEnter("a")!;
  const controller = new AbortController();
  const given = turnstile.enter("a", controller.signal);
  const next = turnstile.enter("a");
  controller.abort(new Error("not any more"));
  await expect(given).rejects.toThrow("not any more");
  leave();
  (await next)();
  expect(turnstile.tryEnter("a")).toBeDefined();
});
