/** Turns of the event loop and who may go in them. */
import { expect, test } from "vitest";
import { TurnShare } from "./turnShare.ts";

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test("what fits into the share of a turn goes at once", async () => {
  const share = new TurnShare(100);
  let taken = 0;
  for (let index = 0; index < 4; index++) void share.take(25).then(() => taken++);
  await Promise.resolve().then(() => {});
  expect(taken).toBe(4);
});

test("what comes beyond it goes in later turns, a share at a time and in order", async () => {
  const share = new TurnShare(100);
  const gone: string[] = [];
  for (const name of ["a", "b", "c", "d", "e", "f"]) void share.take(50).then(() => gone.push(name));
  const after: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    await nextTurn();
    after.push(gone.join(""));
  }
  expect(after).toEqual(["abcd", "abcdef", "abcdef"]);
});

test("a piece larger than the share goes alone", async () => {
  const share = new TurnShare(100);
  const gone: string[] = [];
  for (const name of ["a", "b"]) void share.take(1000).then(() => gone.push(name));
  await Promise.resolve().then(() => {});
  expect(gone).toEqual(["a"]);
  await nextTurn();
  expect(gone).toEqual(["a", "b"]);
});

test("whoever has used up the share learns it, and is called in the next turn", async () => {
  const share = new TurnShare(100);
  expect(share.spend(60)).toBe(true);
  expect(share.spend(60)).toBe(false);
  let calls = 0;
  share.wait(0, () => calls++);
  expect(calls).toBe(0);
  await nextTurn();
  expect(calls).toBe(1);
  expect(share.spend(60)).toBe(true);
});
