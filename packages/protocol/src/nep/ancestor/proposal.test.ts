import { expect, test } from "vitest";
import { createAncestorProposal } from "./createAncestorProposal.ts";
import { type AncestorProposal, isVotingActive, summarize } from "./proposal.ts";
import { readProposal } from "./readProposal.ts";
import { jsonFloat, jsonInteger } from "./typedJson.ts";
import { writeProposal } from "./writeProposal.ts";

const NOW = jsonFloat("1733500000.25");

function draft(): AncestorProposal {
  const texts = { title: "T", abstract: "A", motivation: "M", specification: "S", authorNodeId: "node" };
  return createAncestorProposal({ ...texts, nepType: "train" }, NOW);
}

function read(json: string): AncestorProposal {
  const result = readProposal(json);
  if (!result.ok) throw new Error(`${result.code} ${result.path} ${result.reason}`);
  return result.proposal;
}

test("a new proposal is a draft, named by the start of its hash, with the ancestor's defaults", () => {
  const proposal = draft();
  expect(proposal).toMatchObject({
    nepId: "NEP-DRAFT-4624a9e8",
    contentHash: "4624a9e8aa17c408e3bc36151a5d8af0",
    status: "draft",
    createdAt: NOW,
    updatedAt: NOW,
    approvalThreshold: jsonFloat("0.66"),
    votingStart: null,
    signature: "",
  });
  expect(summarize(proposal)).toBe("[NEP-DRAFT-4624a9e8] T (draft)");
});

test("voting is active from its start to its end, both included, and only while the status says so", () => {
  const times = { votingStart: jsonFloat("100.5"), votingEnd: jsonInteger(200) };
  const voting: AncestorProposal = { ...draft(), ...times, status: "voting" };
  const isActiveAt = (now: string) => isVotingActive(voting, jsonFloat(now));
  expect(["100.4999999999", "1.005e2", "150.0", "200.0", "200.0000001"].map(isActiveAt)).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(isVotingActive({ ...voting, status: "review" }, jsonInteger(150))).toBe(false);
  expect(isVotingActive({ ...voting, votingEnd: null }, jsonInteger(150))).toBe(false);
});

test("weakness 5: code changes survive being saved", () => {
  const codeChanges = [{ path: "core/model/llm.py", diff: "--- a\n+++ b\n" }];
  const saved = writeProposal({ ...draft(), codeChanges });
  expect(read(saved)).toEqual({ ...draft(), codeChanges });
});

test("an empty object is a proposal with every default", () => {
  const saved = writeProposal(read("{}"));
  expect(JSON.parse(saved)).toMatchObject({
    ...{ nep_type: "arch", status: "draft", approval_threshold: 0.66, quorum_threshold: 0.2, activation_block: null },
    upgrade_path: { grace_period_days: 7, activation_delay_blocks: 10_000, backward_compatible: false },
    economic_impact: { training_reward_multiplier: 1, min_memory_change_mb: 0 },
  });
});

test("weakness 37: members that the ancestor did not know are kept wherever they stand, and do not enter the hash", () => {
  const change = { module: "m", parameter: "p", old_value: 1, new_value: 2, rationale: "" };
  const known = { title: "x", economic_impact: {}, upgrade_path: {}, parameter_changes: [change] };
  const json = JSON.stringify({
    ...known,
    new_member: [1],
    economic_impact: { energy_change_kwh: 3 },
    upgrade_path: { rollback: "yes" },
    parameter_changes: [{ ...change, unit: "s" }],
  });
  const kept = JSON.parse(writeProposal(read(json)));
  expect(kept).toMatchObject(JSON.parse(json));
  const now = jsonInteger(1);
  const hashOf = (text: string) => createAncestorProposal(read(text), now).contentHash;
  expect(hashOf(json)).toBe(hashOf(JSON.stringify(known)));
});

test.each([
  ['{"title": 1}', "WRONG_TYPE", "title", "must be text"],
  ['{"nep_type": "tax"}', "UNKNOWN_WORD", "nep_type", "must be one of arch, econ, train, net, gov, emergency"],
  ['{"status": "withdrawn"}', "UNKNOWN_WORD", "status", undefined],
  ['{"created_at": "today"}', "WRONG_TYPE", "created_at", "must be a number"],
  ['{"voting_start": true}', "WRONG_TYPE", "voting_start", "must be a number"],
  ['{"economic_impact": []}', "WRONG_TYPE", "economic_impact", "must be an object"],
  [
    '{"economic_impact": {"min_memory_change_mb": null}}',
    "WRONG_TYPE",
    "economic_impact.min_memory_change_mb",
    undefined,
  ],
  [
    '{"upgrade_path": {"backward_compatible": 1}}',
    "WRONG_TYPE",
    "upgrade_path.backward_compatible",
    "must be true or false",
  ],
  ['{"upgrade_path": {"migration_steps": ["a", 2]}}', "WRONG_TYPE", "upgrade_path.migration_steps[1]", "must be text"],
  ['{"parameter_changes": {}}', "WRONG_TYPE", "parameter_changes", "must be a list"],
  ['{"parameter_changes": [{"module": "m"}]}', "MISSING_KEY", "parameter_changes[0].parameter", "is missing"],
  ['{"code_changes": {"a.py": 1}}', "WRONG_TYPE", "code_changes.a.py", "must be text"],
  ["[]", "WRONG_TYPE", "", "must be an object"],
  ["{", "JSON_SYNTAX", "", undefined],
])("%s is refused with its place", (json, code, path, reason) => {
  expect(readProposal(json)).toMatchObject({ ok: false, code, path, ...(reason === undefined ? {} : { reason }) });
});
