/** What a proposal must have to be taken. spec/governance.md#G1 */
import { expect, test } from "vitest";
import { encode } from "../../src/codec/codec.ts";
import { type NepDocument, nepDocument, nepIdOf } from "../../src/nep/document.ts";
import { change, decimalValue, emergency, integerValue, lowerReward, testDocument } from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { NO, Parliament, VETO, YES } from "./parliament.ts";

const [ada, bob] = [person("ada"), person("bob")];
const stakes = { ada: "1000", bob: "1000" };
const RESUBMIT = 30 * 4;

function refusal(document: NepDocument): Record<string, string> {
  return new Parliament({ stakes }).refuse(ada, { kind: "nepSubmit", document });
}

test.each([
  "title",
  "abstract",
  "motivation",
  "specification",
  "securityConsiderations",
  "backwardCompatibility",
  "testCases",
] as const)("a proposal without %s is refused, spaces are no text", (field) => {
  expect(refusal(lowerReward({ [field]: " \n\t" }))).toEqual({ code: "NEP_INVALID", field, reason: "is empty" });
});

test.each(["a\u0000b", "a\nb", "\u202Eab", "a\u200Bb", "a\u2028b"])("a title cannot hide characters: %j", (title) => {
  expect(refusal(lowerReward({ title }))).toMatchObject({ code: "NEP_INVALID", field: "title" });
});

test.each(["1.2", "v1.2.0", "1.2.0-beta", "01.2.0", "1.2.65536", "99999999999.0.0", "", "1.2.0 "])(
  "%j is no version",
  (version) => {
    const { upgradePath } = lowerReward();
    for (const field of ["minVersion", "targetVersion"]) {
      const document = lowerReward({ upgradePath: { ...upgradePath, [field]: version } });
      expect(refusal(document)).toMatchObject({ code: "NEP_INVALID", field });
    }
  },
);

test.each([
  ["gracePeriodDays", 366, 365],
  ["gracePeriodDays", 4_294_967_295, 365],
  ["activationDelayBlocks", 6_307_201, 6_307_200],
] as const)("an activation is not put off for ever: %s of %d", (field, asked, most) => {
  const { upgradePath } = lowerReward();
  const document = (value: number) => lowerReward({ upgradePath: { ...upgradePath, [field]: value } });
  expect(refusal(document(asked))).toMatchObject({ code: "NEP_INVALID", field });
  new Parliament({ stakes }).submit(ada, document(most));
});

test("a proposal that changes nothing is refused", () => {
  expect(refusal(testDocument({}))).toMatchObject({ code: "NEP_INVALID", field: "parameterChanges" });
});

test("a proposal of type arch needs evidence", () => {
  const codeChanges = [{ path: "a.ts", change: "b" }];
  const document = testDocument({ nepType: "arch", codeChanges });
  expect(refusal(document)).toMatchObject({ code: "NEP_INVALID", field: "evidence" });
  const chain = new Parliament({ stakes });
  chain.submit(ada, { ...document, evidence: [{ name: "report", digest: chain.networkId }] });
});

test("a document of exactly MAX_NEP_BYTES is taken, one byte more is not", () => {
  const document = (length: number) => lowerReward({ specification: "x".repeat(length) });
  const mostBytes = 16_384;
  const base = encode(nepDocument, document(10_000)).length - 10_000;
  const chain = new Parliament({ stakes, params: { "governance.registry.MAX_NEP_BYTES": mostBytes } });
  expect(chain.refuse(ada, { kind: "nepSubmit", document: document(mostBytes - base + 1) })).toEqual({
    code: "NEP_TOO_LARGE",
    mostBytes: String(mostBytes),
    bytes: String(mostBytes + 1),
  });
  chain.submit(ada, document(mostBytes - base));
});

test("the same text of the same author is known, even when it has ended", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  const known = { code: "NEP_KNOWN", nepId, label: "1" };
  expect(chain.refuse(ada, { kind: "nepSubmit", document: lowerReward() })).toEqual(known);
  chain.accept(ada, { kind: "nepWithdraw", nepId });
  expect(chain.refuse(ada, { kind: "nepSubmit", document: lowerReward() })).toEqual(known);
});

test("required proposals must be there and not ended, superseded ones active, and none named twice", () => {
  const chain = new Parliament({ stakes });
  const pending = chain.submit(ada, lowerReward());
  const refused = (given: Partial<NepDocument>) =>
    chain.refuse(bob, { kind: "nepSubmit", document: lowerReward(given) });
  const invalid = { code: "NEP_INVALID" };
  expect(refused({ requires: [pending, pending] })).toMatchObject({ ...invalid, field: "requires" });
  expect(refused({ requires: [pending], supersedes: [pending] })).toMatchObject({ ...invalid, field: "requires" });
  expect(refused({ supersedes: [pending] })).toMatchObject({ ...invalid, field: "supersedes" });
  chain.accept(ada, { kind: "nepWithdraw", nepId: pending });
  expect(refused({ requires: [pending] })).toMatchObject({ ...invalid, field: "requires" });
});

test("at most MAX_OPEN_PROPOSALS are undecided; those in force leave room", () => {
  const chain = new Parliament({ stakes, params: { "governance.registry.MAX_OPEN_PROPOSALS": 4 } });
  const active = chain.enact(ada, lowerReward());
  const memo = (title: string) =>
    testDocument({
      title,
      parameterChanges: [change("economics.fees.MAX_MEMO_BYTES", integerValue(256), integerValue(128))],
    });
  const ids = ["1", "2", "3", "4"].map((title) => chain.submit(ada, memo(title)));
  expect(chain.refuse(bob, { kind: "nepSubmit", document: memo("5") })).toEqual({ code: "TOO_MANY_NEPS", most: "4" });
  chain.accept(ada, { kind: "nepWithdraw", nepId: ids[0]! });
  chain.submit(bob, memo("5"));
  expect(chain.status(active)).toBe("active");
  // A full agenda does not keep an emergency off it.
  chain.submit(bob, emergency());
});

test.each([
  ["rejected", NO],
  ["vetoed", VETO],
])(
  "what was %s cannot be proposed again before its cooldown is over, by anybody, in other words, or by an edit",
  (_name, split) => {
    const chain = new Parliament({ stakes });
    const nepId = chain.submit(ada, lowerReward());
    const other = chain.submit(bob, testDocument({ title: "Harmless", codeChanges: [{ path: "a", change: "b" }] }));
    chain.advanceTo(chain.record(nepId).snapshotAt - 2);
    const later = { ...testDocument({ title: "Harmless too", codeChanges: [{ path: "a", change: "b" }] }) };
    chain.accept(bob, { kind: "nepEdit", nepId: other, document: later });
    const otherId = nepIdOf(later, bob.account, chain.networkId);
    chain.openVoting(nepId);
    chain.vote(nepId, { ada: YES, bob: split });
    chain.close(nepId);
    const until = chain.height + RESUBMIT;
    const same = lowerReward({ title: "Nothing like it", motivation: "Quite another." });
    const cooling = { code: "NEP_COOLDOWN", until: String(until) };
    expect(chain.refuse(bob, { kind: "nepSubmit", document: same })).toMatchObject(cooling);
    expect(chain.record(otherId).stage.kind).toBe("pending");
    const fresh = chain.submit(bob, testDocument({ title: "Fresh", codeChanges: [{ path: "a", change: "b" }] }));
    expect(chain.refuse(bob, { kind: "nepEdit", nepId: fresh, document: same })).toMatchObject(cooling);
    chain.advanceTo(until - 1);
    chain.submit(bob, same);
  },
);

test.each([
  ["under another type", "economics.fees.MIN_TRANSFER_AMOUNT", ["0.000001", "1"], "net"],
  ["as another kind of number", "economics.constants.SLASH_AMOUNT", ["10", "11"], "econ"],
] as const)("the same value %s is the same proposal", (_name, key, [from, to], nepType) => {
  const chain = new Parliament({ stakes });
  const parameterChanges = [change(key, decimalValue(from), decimalValue(to))];
  const nepId = chain.submit(ada, testDocument({ title: "No", parameterChanges }));
  chain.openVoting(nepId);
  chain.vote(nepId, { ada: YES, bob: NO });
  chain.close(nepId);
  const written = [change(key, decimalValue(from), integerValue(Number(to)))];
  const document = testDocument({ title: "Again", nepType, parameterChanges: written });
  expect(chain.refuse(bob, { kind: "nepSubmit", document })).toMatchObject({ code: "NEP_COOLDOWN" });
});

test("what was refused in haste may be proposed in the ordinary way", () => {
  const chain = new Parliament({ stakes });
  const urgent = chain.submit(ada, emergency());
  chain.close(urgent);
  expect(chain.reason(urgent).code).toBe("NO_QUORUM");
  expect(chain.refuse(bob, { kind: "nepSubmit", document: emergency({ title: "Again" }) })).toMatchObject({
    code: "NEP_COOLDOWN",
  });
  chain.submit(ada, emergency({ title: "Slowly", nepType: "econ" }));
});

test("a withdrawn proposal leaves no cooldown", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.accept(ada, { kind: "nepWithdraw", nepId });
  chain.submit(bob, lowerReward());
});

test("proposals without parameters are told apart by specification, code, and what they refer to", () => {
  const chain = new Parliament({ stakes });
  const first = chain.enact(ada, lowerReward());
  const old = chain.submit(ada, testDocument({ title: "Supersede", supersedes: [first] }));
  chain.openVoting(old);
  chain.vote(old, { ada: NO, bob: NO });
  chain.close(old);
  const again = testDocument({ title: "Supersede again", supersedes: [first] });
  expect(chain.refuse(bob, { kind: "nepSubmit", document: again })).toMatchObject({ code: "NEP_COOLDOWN" });
  chain.submit(bob, { ...again, codeChanges: [{ path: "a", change: "b" }] });
});
