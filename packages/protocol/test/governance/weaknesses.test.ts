/**
 * What could be done to the ancestor's governance, tried here. Numbers are those of the review of the ancestor; those that
 * are about its documents and its command line are tested beside what replaced them.
 */
import { expect, test } from "vitest";
import { bytesToHex } from "../../src/crypto/hash.ts";
import { portableScheme } from "../../src/crypto/portableScheme.ts";
import { verdictOf, votesCast } from "../../src/governance/tally.ts";
import {
  nepDocument,
  newNepDocument,
  type ParameterChange,
  statusOf,
  type UpgradePath,
  verdictOf as verdictOfTally,
} from "../../src/index.ts";
import { listRoot } from "../../src/merkle/merkleList.ts";
import { type NepDocument, nepIdOf } from "../../src/nep/document.ts";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import { PARAM_KEYS } from "../../src/params/registry.ts";
import { powerNow, totalPowerAt } from "../../src/staking/power.ts";
import { Draft } from "../../src/state/draft.ts";
import { snapshotChunks, stateFromChunks } from "../../src/state/snapshot.ts";
import { stateRoot } from "../../src/state/state.ts";
import { applyBlock } from "../../src/transition/applyBlock.ts";
import { receiptRoot } from "../../src/transition/receipts.ts";
import { ballotHash } from "../../src/types/ballot.ts";
import { headerHash } from "../../src/types/header.ts";
import type { Digest } from "../../src/types/identifiers.ts";
import { TRANSACTION_KINDS, transactionHash } from "../../src/types/transaction.ts";
import { change, decimalValue, lowerReward, testDocument } from "../chain/documents.ts";
import { person, rejectionOf } from "../chain/testChain.ts";
import { CASH, NO, Parliament, splitOf, YES } from "./parliament.ts";

const [ada, bob, eve] = [person("ada"), person("bob"), person("eve")];
const stakes = { ada: "500", bob: "500" };
const REWARD = "economics.constants.TRAINING_REWARD_PER_BATCH";

test("weakness 9: neither a proposal nor a vote counts with an empty or another's signature", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  const bodies = [
    { kind: "nepSubmit", document: lowerReward({ title: "Forged" }) },
    { kind: "nepVote", nepId, split: YES },
  ] as const;
  for (const body of bodies) {
    const good = chain.signed({ from: bob, body });
    const empty = good.slice();
    empty.fill(0, empty.length - 64);
    const another = good.slice();
    another.set(chain.signed({ from: ada, body }).slice(-64), another.length - 64);
    const receipts = chain.block(empty, another);
    expect(receipts.map((receipt) => rejectionOf(receipt).code)).toEqual(["BAD_SIGNATURE", "BAD_SIGNATURE"]);
  }
  expect(chain.record(nepId).tally.voters).toBe(0);
});

test("weakness 10: a ballot's signature covers network, proposal, sequence and choice, and fits nothing else", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  const { networkId } = chain;
  const ballot = { networkId, nepId, publicKey: bob.key.publicKey, sequence: 3, split: NO };
  const signed = chain.signedBallot(ballot, bob);
  const altered = [
    { ...ballot, split: YES },
    { ...ballot, sequence: 4 },
    { ...ballot, publicKey: ada.key.publicKey },
  ].map((each) => ({ ballot: each, signature: signed.signature }));
  expect(chain.refuse(eve, { kind: "bulkVote", ballots: altered })).toEqual({
    code: "NO_VALID_BALLOT",
    first: "BAD_SIGNATURE",
  });
  chain.accept(ada, { kind: "bulkVote", ballots: [signed] });
  expect(chain.refuse(ada, { kind: "bulkVote", ballots: [signed] })).toMatchObject({ first: "BALLOT_STALE" });
  const content = {
    networkId,
    publicKey: bob.key.publicKey,
    nonce: 1,
    lastHeight: 99,
    body: { kind: "nepVote", nepId, split: NO },
  } as const;
  expect(portableScheme.verify(transactionHash(content), signed.signature, bob.key.publicKey)).toBe(false);
  expect(bytesToHex(ballotHash(ballot))).not.toBe(bytesToHex(transactionHash(content)));
});

test("weakness 11: who signs, who stakes and who is rewarded is one account", () => {
  const chain = new Parliament({ stakes: { ada: "500", bob: "900" }, params: { "economics.fees.STAKE_FEE": ONE } });
  const nepId = chain.submit(ada, lowerReward());
  expect(chain.record(nepId).author).toBe(ada.account);
  expect(chain.entry("stakes", ada.account)!.deposits).toBe(decimal("100"));
  expect(chain.entry("escrows", nepId)!.owner).toBe(ada.account);
  chain.approve(nepId);
  expect(chain.ownEvents()).toContainEqual({ kind: "proposerRewarded", nepId, account: ada.account, amount: ONE });
});

test("weakness 12: a copy by another author is another proposal, and the signature of the first does not fit it", () => {
  const chain = new Parliament({ stakes });
  const original = chain.submit(ada, lowerReward());
  const copy = chain.submit(bob, lowerReward());
  expect(copy).not.toBe(original);
  const stolen = chain.signed({ from: ada, body: { kind: "nepSubmit", document: lowerReward({ title: "Mine" }) } });
  const hex = bytesToHex(stolen).replace(bytesToHex(ada.key.publicKey), bytesToHex(eve.key.publicKey));
  const [receipt] = chain.block(new Uint8Array(Buffer.from(hex, "hex")));
  expect(["BAD_SIGNATURE", "NONCE_FUTURE"]).toContain(rejectionOf(receipt!).code);
});

test("weakness 13: the id covers every field that binds, the author and the network, with 256 bits", () => {
  const chain = new Parliament({ stakes });
  const { networkId } = chain;
  const base = lowerReward();
  const given: { readonly [K in keyof NepDocument]: NepDocument[K] } = {
    title: "x",
    description: "x",
    nepType: "net",
    abstract: "x",
    motivation: "x",
    specification: "x",
    securityConsiderations: "x",
    backwardCompatibility: "x",
    testCases: "x",
    parameterChanges: [{ ...base.parameterChanges[0]!, newValue: decimalValue("0.00031") }],
    codeChanges: [{ path: "a", change: "b" }],
    economicImpact: { ...base.economicImpact, upgradeCostNeuro: 1n },
    upgradePath: { ...base.upgradePath, activationDelayBlocks: 1 },
    approvalThreshold: base.approvalThreshold + 1n,
    quorumThreshold: base.quorumThreshold + 1n,
    requires: [networkId],
    supersedes: [networkId],
    ratifies: networkId,
    evidence: [{ name: "a", digest: networkId }],
  };
  const fields = Object.keys(base) as (keyof NepDocument)[];
  expect(Object.keys(given).sort()).toEqual([...fields].sort());
  const ids = [
    nepIdOf(base, ada.account, networkId),
    nepIdOf(base, bob.account, networkId),
    nepIdOf(base, ada.account, nepIdOf(base, ada.account, networkId)),
    ...fields.map((field) => nepIdOf({ ...base, [field]: given[field] }, ada.account, networkId)),
  ];
  expect(new Set(ids).size).toBe(fields.length + 3);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{64}$/);
});

test("weakness 14: every stored document still hashes to its id, edits included; nobody supplies an id", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.accept(ada, { kind: "nepEdit", nepId, document: lowerReward({ title: "Better" }) });
  chain.submit(bob, lowerReward({ title: "Another" }));
  const stored = [...chain.state.tables.nepDocuments.entries()];
  expect(stored).toHaveLength(3);
  for (const [id, document] of stored) {
    const { author } = chain.entry("neps", id)!;
    expect(nepIdOf(document, author, chain.networkId)).toBe(id);
  }
});

test("weakness 15: keys cost nothing, and without stake they neither propose nor vote", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  for (const name of ["sybil 1", "sybil 2", "sybil 3"]) {
    const sybil = person(name);
    expect(chain.refuse(sybil, { kind: "nepSubmit", document: lowerReward() })).toMatchObject({
      code: "STAKE_TOO_LOW",
    });
    expect(chain.refuse(sybil, { kind: "nepVote", nepId, split: YES })).toMatchObject({ code: "NO_VOTING_POWER" });
  }
});

test("weakness 16: stake cannot be claimed; all power together is what is bonded", () => {
  const chain = new Parliament({ stakes: { ...stakes, cy: "80" }, delegations: { cy: "bob" } });
  const draft = new Draft(chain.state);
  const powers = chain.members.map(({ account }) => powerNow(draft, account));
  expect(powers.reduce((sum, { own }) => sum + own, 0n)).toBe(chain.state.cells.supply.bonded);
  expect(totalPowerAt(draft, chain.height)).toBe(chain.state.cells.supply.bonded);
  expect(powers.reduce((sum, { received }) => sum + received, 0n)).toBe(decimal("80"));
});

test("weakness 17: stake that voted, was unstaked and moved to a second key does not vote again", () => {
  const params = { "economics.staking.UNBONDING": 28 };
  const chain = new Parliament({ stakes: { ...stakes, bob: "400" }, lockDays: 1, params });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  chain.vote(nepId, { bob: YES });
  chain.accept(bob, { kind: "unstake", amount: decimal("400") });
  chain.accept(bob, { kind: "transfer", recipient: eve.account, amount: decimal("400"), memo: "" });
  chain.accept(eve, { kind: "stake", amount: decimal("390"), lockDays: 1 });
  expect(chain.refuse(eve, { kind: "nepVote", nepId, split: YES })).toMatchObject({ code: "NO_VOTING_POWER" });
  expect(votesCast(chain.record(nepId).tally)).toBe(decimal("400"));
});

test("weakness 18: stake whose lock has ended votes until it is unstaked", () => {
  const chain = new Parliament({ stakes, lockDays: 1 });
  chain.advanceTo(100);
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  chain.vote(nepId, { bob: YES });
  expect(chain.record(nepId).tally.yes).toBe(decimal("500"));
});

test("weakness 19: no vote is stored for a proposal that is not there or not open", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.refuse(bob, { kind: "nepVote", nepId, split: YES });
  chain.refuse(bob, { kind: "nepVote", nepId: chain.networkId, split: YES });
  chain.accept(ada, { kind: "nepWithdraw", nepId });
  chain.refuse(bob, { kind: "nepVote", nepId, split: YES });
  expect([...chain.state.tables.ballots.entries()]).toEqual([]);
});

test("weakness 24: a vote closes once, at its height, and nobody can close it", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  const outcomes: number[] = [];
  chain.openVoting(nepId);
  chain.vote(nepId, { ada: YES, bob: YES });
  const { votingEndsAt } = chain.record(nepId);
  while (chain.status(nepId) !== "active") {
    chain.block();
    if (chain.ownEvents().some((event) => event.kind === "nepStatus" && event.status === "approved"))
      outcomes.push(chain.height);
  }
  expect(outcomes).toEqual([votingEndsAt + 1]);
});

test("weakness 25 and 26: on the way to activation the fee is really taken and returned, and the reward is in the balance", () => {
  const chain = new Parliament({ stakes: { ada: "500", bob: "900" }, params: { "economics.fees.STAKE_FEE": ONE } });
  const before = chain.balance(ada);
  const nepId = chain.submit(ada, lowerReward());
  expect(chain.balance(ada)).toBe(before - decimal("10"));
  chain.approve(nepId);
  chain.due(nepId);
  expect(chain.status(nepId)).toBe("active");
  expect(chain.balance(ada)).toBe(before + ONE);
});

test("weakness 27: proposals mint nothing, and rejected ones bring no gain from an empty treasury", () => {
  const chain = new Parliament({ stakes: { ada: "500", bob: "900000" } });
  for (const title of ["Spam 1", "Spam 2"]) {
    const parameterChanges = [
      change(REWARD, decimalValue("0.0005"), decimalValue(title === "Spam 1" ? "0.0004" : "0.0006")),
    ];
    const nepId = chain.submit(ada, testDocument({ title, parameterChanges }));
    chain.openVoting(nepId);
    chain.vote(nepId, { bob: NO });
    chain.close(nepId);
  }
  expect(chain.balance(ada)).toBe(CASH);
  expect(chain.state.cells.supply.minted).toBe(0n);
});

test("weakness 28: nothing is in force before its height, whatever is sent", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.approve(nepId);
  const { stage } = chain.record(nepId);
  if (stage.kind !== "passed") throw new Error(stage.kind);
  for (const kind of ["nepReady", "nepRollback", "nepWithdraw"] as const)
    chain.block(chain.signed({ from: ada, body: { kind, nepId } }));
  while (chain.height < stage.activateAt - 1) {
    chain.block();
    expect(chain.param(REWARD)).toBe(decimal("0.0005"));
  }
  chain.block();
  expect(chain.param(REWARD)).toBe(decimal("0.0003"));
});

test("weakness 29: a proposal with the default versions leaves all seven features on and the version where it was", () => {
  const chain = new Parliament({ stakes });
  const features = () => PARAM_KEYS.filter((key) => key.startsWith("protocol.features.") && chain.param(key) === true);
  const [before, version] = [features(), chain.state.cells.version];
  expect(before).toHaveLength(7);
  const { upgradePath } = lowerReward();
  expect(upgradePath.targetVersion).toBe("0.0.0");
  const first = chain.enact(ada, lowerReward());
  expect(features()).toEqual(before);
  expect(chain.state.cells.version).toEqual(version);
  const parameterChanges = [
    change("economics.fees.MAX_MEMO_BYTES", { kind: "integer", value: 256n }, { kind: "integer", value: 128n }),
  ];
  const second = chain.enact(bob, testDocument({ title: "Beside it", parameterChanges }));
  expect(chain.state.cells.activeNeps.ids).toEqual([first, second]);
});

test("weakness 30: a node that starts from a snapshot has the same parameters, history, version and proposals", () => {
  const chain = new Parliament({ stakes });
  chain.enact(ada, lowerReward());
  const loaded = stateFromChunks(snapshotChunks(chain.state), chain.last!.stateRoot);
  if (!loaded.ok) throw new Error(loaded.reason);
  expect([...loaded.state.tables.params.entries()]).toEqual([...chain.state.tables.params.entries()]);
  expect([...loaded.state.tables.neps.entries()]).toEqual([...chain.state.tables.neps.entries()]);
  expect(loaded.state.cells).toEqual(chain.state.cells);
});

test("weakness 31: no kind of transaction sets a status, opens or closes a vote, or activates", () => {
  expect(TRANSACTION_KINDS.filter((kind) => /nep|vote/i.test(kind))).toEqual([
    "nepSubmit",
    "nepEdit",
    "nepWithdraw",
    "nepVote",
    "bulkVote",
    "nepReady",
    "nepRollback",
    "nepComment",
  ]);
});

test("weakness 33 and 35: labels follow the chain, no two proposals share one, and a refused submission uses none up", () => {
  const chain = new Parliament({ stakes });
  chain.refuse(ada, { kind: "nepSubmit", document: lowerReward({ title: "" }) });
  const receipts = chain.acceptAll([
    [bob, { kind: "nepSubmit", document: lowerReward() }],
    [ada, { kind: "nepSubmit", document: lowerReward() }],
  ]);
  chain.refuse(bob, { kind: "nepSubmit", document: lowerReward() });
  const third = chain.submit(ada, lowerReward({ title: "Third" }));
  const labels = receipts.map(({ outcome }) => (outcome.kind === "accepted" ? outcome.events[0] : undefined));
  expect(labels).toMatchObject([
    { label: 1, author: bob.account },
    { label: 2, author: ada.account },
  ]);
  expect(chain.record(third).label).toBe(3);
});

test("weakness 34: a peer cannot send a proposal that is already active: a forged state is another root", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  const { height, parent } = chain.state.cells.head;
  const draft = new Draft(chain.state);
  const active = { kind: "active", at: height, expiresAt: null, rollbackAt: null, isSettled: false } as const;
  draft.set("neps", nepId, { ...chain.record(nepId), stage: active });
  const forged = draft.commit();
  expect(stateFromChunks(snapshotChunks(forged), chain.last!.stateRoot)).toEqual({
    ok: false,
    reason: "the root is another one",
  });
  const { key } = person("sequencer");
  const header = {
    networkId: chain.networkId,
    height: height + 1,
    parent,
    proposer: key.publicKey,
    timeMs: 0,
    transactionCount: 0,
    transactionRoot: bytesToHex(listRoot([])) as Digest,
    receiptRoot: receiptRoot([{ transactionId: null, outcome: { kind: "accepted", events: [] } }]),
    stateRoot: stateRoot(forged),
  };
  const signedHeader = { header, signature: portableScheme.sign(headerHash(header), key.privateKey) };
  const applied = applyBlock(chain.state, parent, { signedHeader, transactions: [] }, { scheme: portableScheme });
  expect(applied).toMatchObject({ ok: false, fault: { code: "BLOCK_WRONG_STATE" } });
});

test("weakness 34: a message that is no transaction is turned away, not merged", () => {
  const chain = new Parliament({ stakes });
  const json = new TextEncoder().encode(JSON.stringify({ nep_id: "NEP-001", status: "active", updated_at: 9e18 }));
  expect(rejectionOf(chain.block(json)[0]!).code).toBe("MALFORMED");
});

test("weakness 36: what is in force does not depend on how many proposals came after it", () => {
  const chain = new Parliament({ stakes });
  chain.enact(ada, lowerReward());
  for (let index = 0; index < 101; index++) {
    const nepId = chain.submit(
      bob,
      testDocument({ title: `Later ${index}`, codeChanges: [{ path: "a", change: "b" }] }),
    );
    chain.accept(bob, { kind: "nepWithdraw", nepId });
  }
  expect(chain.param(REWARD)).toBe(decimal("0.0003"));
  expect(chain.state.tables.neps.size).toBe(102);
});

test("weakness 38: a proposal with votes has a result by its own thresholds", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward({ quorumThreshold: decimal("0.6") }));
  chain.openVoting(nepId);
  chain.vote(nepId, { ada: YES });
  const { tally, rules } = chain.record(nepId);
  expect(verdictOf(tally, decimal("1000"), rules)).toBe("no quorum");
  expect(verdictOf(tally, decimal("800"), rules)).toBe("approved");
});

test("weakness 39: voting opens by itself, without any command", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  expect(chain.status(nepId)).toBe("voting");
  chain.vote(nepId, { bob: splitOf({ yes: 10_000 }) });
});

test("weakness 42: what documents and votes are made of is exported", () => {
  for (const value of [nepDocument, newNepDocument, statusOf, verdictOfTally]) expect(value).toBeDefined();
  const changes: readonly ParameterChange[] = lowerReward().parameterChanges;
  const path: UpgradePath = lowerReward().upgradePath;
  expect([changes.length, path.gracePeriodDays]).toEqual([1, 0]);
});
