import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Digest } from "../types/identifiers.ts";
import { type AuditAnswer, joinAnswers } from "./auditAnswer.ts";
import { committedToAudit, compressionDigest, type WorkCommit } from "./workCommit.ts";

const digestOf = (letter: string): Digest => letter.repeat(64) as Digest;

/** By the text of the specification, with another implementation of the hash. */
function specified(segment: Digest, compression: Digest): string {
  const tag = Buffer.from("neuroshard/audited");
  const hash = createHash("sha256")
    .update(Buffer.from([tag.length]))
    .update(tag);
  return hash.update(Buffer.from(segment, "hex")).update(Buffer.from(compression, "hex")).digest("hex");
}

function replayed(end: string, interior: string): AuditAnswer {
  return { kind: "replayed", end: digestOf(end), interior: digestOf(interior) };
}

test("the answer of an audit hashes the segment and the compression step together, the ends and what lies inside", () => {
  expect(joinAnswers(replayed("1", "2"), replayed("3", "4"))).toEqual({
    kind: "replayed",
    end: specified(digestOf("1"), digestOf("3")),
    interior: specified(digestOf("2"), digestOf("4")),
  });
});

test("who has not got one of the two has not got the work", () => {
  const nothing: AuditAnswer = { kind: "unavailable" };
  expect(joinAnswers(replayed("1", "2"), nothing)).toEqual(nothing);
  expect(joinAnswers(nothing, replayed("1", "2"))).toEqual(nothing);
});

test("what an audit must find is the segment that was drawn, and what the trainer says that compressing gave", () => {
  const commit: WorkCommit = {
    ...{ round: 1, slot: 0, baseModel: { weights: digestOf("a"), momentum: digestOf("b") } },
    ...{ startOptimizer: null, startResidual: null, segments: [digestOf("1"), digestOf("2")] },
    ...{ endWeights: digestOf("c"), endOptimizer: digestOf("d"), endResidual: digestOf("e"), delta: digestOf("f") },
    ...{ deltaBytes: 1, steps: 4, samples: 16, firstLoss: 0, lastLoss: 0 },
  };
  const compression = compressionDigest(digestOf("f"), digestOf("e"));
  expect(committedToAudit(commit, 0)).toBe(specified(digestOf("1"), compression));
  expect(committedToAudit(commit, 1)).toBe(specified(digestOf("2"), compression));
  const poisoned = { ...commit, delta: digestOf("0") };
  for (const segment of [0, 1]) expect(committedToAudit(poisoned, segment)).not.toBe(committedToAudit(commit, segment));
});
