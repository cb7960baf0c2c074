/** A proposal through the client alone, from its file to its activation. */
import { readFileSync } from "node:fs";
import {
  getNep,
  getNepDiff,
  getParam,
  getParamHistory,
  getTally,
  listNeps,
  listParams,
  listVotes,
  nepIdOf,
  parseNepMarkdown,
} from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { act, addressOf, keyOf, NEURO, startClientNode } from "./clientNode.ts";

const REWARD = "economics.constants.TRAINING_REWARD_PER_BATCH";

/** Ada stakes 500 NEURO and submits the example of the guide, without the delay that it asks for. */
async function submitted() {
  const node = await startClientNode();
  const text = readFileSync(new URL("../../../../docs/neps/nep-lower-training-reward.md", import.meta.url), "utf8");
  const parsed = parseNepMarkdown(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  const document = { ...parsed.document, upgradePath: { ...parsed.document.upgradePath, activationDelayBlocks: 0 } };
  await act(node, "ada", { kind: "stake", amount: 500n * NEURO, lockDays: 30 });
  await act(node, "ada", { kind: "nepSubmit", document });
  const nepId = nepIdOf(document, keyOf("ada").account, node.chain.networkId);
  return { node, client: node.client, document, nepId, review: await getNep(node.client, "NEP-001") };
}

test("a proposal in review shows its text, its label, and what it would change", async () => {
  const { client, document, nepId, review } = await submitted();
  expect(review).toMatchObject({
    nepId,
    label: "NEP-001",
    status: "review",
    author: addressOf("ada"),
    activateAt: null,
  });
  expect(review.document.title).toBe(document.title);
  expect(review.legacyHash).toMatch(/^[0-9a-f]{32}$/);
  expect((await getNepDiff(client, "1")).changes).toMatchObject([
    { key: REWARD, current: "0.0005", oldValue: "0.0005", newValue: "0.0003", isStale: false },
  ]);
});

test("a tally tells how the vote stands, what is missing, and who voted how", async () => {
  const { node, client, nepId, review } = await submitted();
  node.produceUpTo(review.votingFrom - 1);
  const before = await getTally(client, nepId);
  expect(before).toMatchObject({
    isPassing: false,
    totalPower: String(500n * NEURO),
    quorum: { actual: "0", isReached: false },
  });
  expect(before.missing).not.toEqual([]);
  await act(node, "ada", { kind: "nepVote", nepId, split: { yes: 7500, no: 2500, abstain: 0, veto: 0 } });
  const tally = await getTally(client, nepId);
  expect(tally).toMatchObject({
    yes: String(375n * NEURO),
    percent: { yes: "75", no: "25", abstain: "0", veto: "0" },
    approval: { actual: "0.75", isReached: true },
    quorum: { actual: "1", isReached: true },
    isPassing: true,
    missing: [],
  });
  expect((await listVotes(client, nepId)).votes).toMatchObject([{ voter: addressOf("ada"), split: { yes: 7500 } }]);
});

test("an activated proposal changes its parameter from its height on, and for no height before", async () => {
  const { node, client, nepId, review } = await submitted();
  node.produceUpTo(review.votingFrom - 1);
  await act(node, "ada", { kind: "nepVote", nepId, split: { yes: 10_000, no: 0, abstain: 0, veto: 0 } });
  node.produceUpTo(review.votingTo + 1);
  const { activateAt } = await getNep(client, nepId);
  node.produceUpTo(activateAt!);
  expect(await listNeps(client, { status: "active", type: "econ" })).toMatchObject({
    neps: [{ nepId, status: "active" }],
  });
  expect((await listNeps(client, { status: "voting" })).neps).toEqual([]);
  expect((await getParam(client, REWARD, { height: activateAt! - 1 })).value).toBe("0.0005");
  expect(await getParam(client, REWARD)).toMatchObject({
    value: "0.0003",
    since: activateAt,
    nepId,
    default: "0.0005",
  });
  expect((await getParamHistory(client, REWARD)).settings.map(({ value }) => value)).toEqual(["0.0005", "0.0003"]);
  const all = await listParams(client, { height: activateAt! - 1 });
  expect(all.params.find(({ key }) => key === REWARD)?.value).toBe("0.0005");
  expect((await getTally(client, nepId)).isPassing).toBe(true);
});
