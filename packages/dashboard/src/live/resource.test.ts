/** Resources: asked while somebody looks, never twice at once, and the last good answer stays. */
import { get, writable } from "svelte/store";
import { expect, test } from "vitest";
import { createResource, type Loaded } from "./resource.ts";

/** Lets everything that is ready go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("nothing is asked before somebody looks; then at once, and again at each beat", async () => {
  const beats = writable(0);
  let asked = 0;
  const resource = createResource(async () => ++asked, beats);
  await settle();
  expect(asked).toBe(0);
  const seen: Loaded<number>[] = [];
  const stop = resource.subscribe((loaded) => seen.push(loaded));
  await settle();
  beats.set(1);
  await settle();
  stop();
  beats.set(2);
  await settle();
  expect(asked).toBe(2);
  expect(seen.map(({ value }) => value)).toEqual([undefined, 1, 2]);
});

test("a failure is told, and the last answer stays", async () => {
  const beats = writable(0);
  let asked = 0;
  const resource = createResource(async () => {
    asked += 1;
    if (asked === 2) throw new Error("gone");
    return asked;
  }, beats);
  const stop = resource.subscribe(() => undefined);
  await settle();
  beats.set(1);
  await settle();
  expect(get(resource)).toEqual({ value: 1, error: new Error("gone") });
  resource.refresh();
  await settle();
  expect(get(resource)).toEqual({ value: 3, error: undefined });
  stop();
});

test("beats while an answer is due come to one further question", async () => {
  const beats = writable(0);
  const answers: ((value: number) => void)[] = [];
  const resource = createResource(() => new Promise<number>((resolve) => answers.push(resolve)), beats);
  const stop = resource.subscribe(() => undefined);
  for (const beat of [1, 2, 3]) beats.set(beat);
  expect(answers).toHaveLength(1);
  answers[0]!(10);
  await settle();
  expect(answers).toHaveLength(2);
  answers[1]!(20);
  await settle();
  expect(answers).toHaveLength(2);
  expect(get(resource).value).toBe(20);
  stop();
});

test("who stops looking aborts the question", () => {
  let signal: AbortSignal | undefined;
  const resource = createResource((given) => {
    signal = given;
    return new Promise(() => undefined);
  }, writable(0));
  resource.subscribe(() => undefined)();
  expect(signal!.aborted).toBe(true);
});
