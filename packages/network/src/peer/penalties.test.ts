import type { DeviceKey } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { BAN_MS, BAN_POINTS, FORGIVEN_PER_MINUTE, PENALTY_POINTS, PenaltyBook } from "./penalties.ts";

const ALICE = "02aa" as DeviceKey;
const BOB = "02bb" as DeviceKey;

function bookAt() {
  const clock = { nowMs: 0 };
  const bans: (readonly [DeviceKey, number])[] = [];
  const book = new PenaltyBook(
    () => clock.nowMs,
    (...ban) => bans.push(ban),
  );
  return { clock, bans, book };
}

test("offences add up to a ban, for this peer alone", () => {
  const { book, bans } = bookAt();
  book.report(BOB, "too-slow");
  book.report(ALICE, "malformed");
  expect(bans).toEqual([]);
  book.report(ALICE, "oversize");
  expect(bans).toEqual([[ALICE, BAN_MS]]);
  expect(book.pointsOf(ALICE)).toBe(0);
  expect(book.pointsOf(BOB)).toBe(PENALTY_POINTS["too-slow"]);
});

test("points are forgiven with time, and never below none", () => {
  const { book, clock, bans } = bookAt();
  book.report(ALICE, "malformed");
  clock.nowMs = 60_000;
  expect(book.pointsOf(ALICE)).toBe(PENALTY_POINTS.malformed - FORGIVEN_PER_MINUTE);
  book.report(ALICE, "wrong-digest");
  expect(bans).toEqual([]);
  clock.nowMs = 3_600_000;
  expect(book.pointsOf(ALICE)).toBe(0);
});

test("a wrong network and an old protocol are left at once", () => {
  expect(PENALTY_POINTS["wrong-network"]).toBe(BAN_POINTS);
  expect(PENALTY_POINTS["old-protocol"]).toBe(BAN_POINTS);
});

test("a stranger cannot fill the book with names", () => {
  const { book } = bookAt();
  for (let index = 0; index < 10_000; index++) book.report(`03${index}` as DeviceKey, "too-slow");
  expect(book.pointsOf("030" as DeviceKey)).toBe(0);
  expect(book.pointsOf("039999" as DeviceKey)).toBe(PENALTY_POINTS["too-slow"]);
});
