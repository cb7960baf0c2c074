import type { AuditAnswer, Digest } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { RoundJournal, type SlotEntry } from "./roundJournal.ts";
import type { JournalFiles } from "./roundPorts.ts";

function memoryFiles(files: Map<string, Uint8Array> = new Map()): JournalFiles {
  return {
    list: async () => [...files.keys()],
    read: async (name) => files.get(name),
    write: async (name, bytes) => void files.set(name, bytes),
    remove: async (name) => void files.delete(name),
  };
}

const digest = (digit: string) => digit.repeat(64) as Digest;

function entryOf(round: number): SlotEntry {
  const states = [{ weights: digest("1"), optimizer: digest("2") }];
  const start = { startOptimizer: null, startResidual: digest("3") };
  return { round, slot: 2, seed: digest("4"), ...start, states, commit: null };
}

const QUESTION = { round: 3, slot: 1, segment: 4, interiorStep: 2 };
const ANSWER: AuditAnswer = { kind: "replayed", end: digest("a"), interior: digest("b") };

test("what was noted is there after a restart", async () => {
  const files = memoryFiles();
  const before = await RoundJournal.open(files);
  await before.setSlot(entryOf(7));
  await before.setAnswer(QUESTION, ANSWER);
  const after = await RoundJournal.open(files);
  expect(after.slot(7)).toEqual(entryOf(7));
  expect(after.answer(QUESTION)).toEqual(ANSWER);
  expect(after.answer({ ...QUESTION, interiorStep: 3 })).toBeUndefined();
});

test("notes of settled rounds are forgotten, also on the disk", async () => {
  const files = memoryFiles();
  const journal = await RoundJournal.open(files);
  for (const round of [3, 4, 5]) await journal.setSlot(entryOf(round));
  await journal.setAnswer(QUESTION, ANSWER);
  await journal.retain((round) => round >= 4);
  expect(journal.rounds).toEqual([4, 5]);
  expect((await RoundJournal.open(files)).rounds).toEqual([4, 5]);
});

test("files that are damaged, or of something else, are as if they were not there", async () => {
  const content = new Map<string, Uint8Array>();
  const journal = await RoundJournal.open(memoryFiles(content));
  await journal.setSlot(entryOf(1));
  await journal.setSlot(entryOf(2));
  content.set("slot-1", content.get("slot-1")!.subarray(3));
  content.set("slot-9", content.get("slot-2")!);
  content.set("notes.txt", new TextEncoder().encode("hello"));
  const after = await RoundJournal.open(memoryFiles(content));
  expect(after.rounds).toEqual([2]);
});
