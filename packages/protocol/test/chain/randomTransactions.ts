/** Random blocks for property tests: every kind of transaction, good and bad, of a few people who meet again and again. */
import * as fc from "fast-check";
import { portableScheme } from "../../src/crypto/portableScheme.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { type BallotSplit, ballotHash, type SignedBallot } from "../../src/types/ballot.ts";
import type { Digest } from "../../src/types/identifiers.ts";
import type { BodyOf, TransactionBody, TransactionContent } from "../../src/types/transaction.ts";
import { registration } from "./devices.ts";
import { lowerReward } from "./documents.ts";
import { signedHeaderOf } from "./signedBlocks.ts";
import { type Person, person, TestChain } from "./testChain.ts";

export const NAMES = ["ada", "bea", "cyd", "dan", "eva", "fay"] as const;

/** Some have staked and one has proposed, so that the random blocks find something to vote about. */
export function randomChain(): TestChain {
  const chain = emptyChain();
  chain.accept(person("ada"), { kind: "stake", amount: decimal("600"), lockDays: 1 });
  chain.accept(person("bea"), { kind: "stake", amount: decimal("300"), lockDays: 1 });
  chain.accept(person("cyd"), { kind: "stake", amount: decimal("150"), lockDays: 2 });
  chain.accept(person("ada"), { kind: "nepSubmit", document: proposal(9) });
  return chain;
}

/** Short times and small fees, so that a few dozen blocks see everything happen. */
function emptyChain(): TestChain {
  const fee = decimal("0.0001");
  return new TestChain({
    balances: { ada: "5000", bea: "2000", cyd: "700", dan: "130", eva: "12", fay: "0" },
    params: {
      "economics.fees.TRANSFER_FEE": fee,
      "economics.fees.STAKE_FEE": fee,
      "economics.fees.NEP_FEE": fee,
      "economics.fees.DEVICE_FEE": fee,
      "economics.staking.UNBONDING": 8,
      "training.audit.AUDIT_WINDOW": 1,
      "training.audit.AUDIT_TIMEOUT": 1,
      "governance.tracks.STANDARD_REVIEW": 4,
      "governance.tracks.STANDARD_VOTING": 6,
      "governance.tracks.STANDARD_TIMELOCK": 4,
    },
  });
}

type Wish = (chain: TestChain, from: Person) => TransactionBody;

interface Intent {
  readonly from: Person;
  readonly wish: Wish;
  readonly envelope: Envelope;
}

/** What is wrong with the transaction as such; mostly nothing. */
type Envelope = "right" | "stale" | "future" | "foreign" | "expired" | "altered" | "garbage";

export type RandomBlock = readonly Intent[];

const someone = fc.constantFrom(...NAMES).map(person);
const amounts = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 300 }).map((neuro) => BigInt(neuro) * decimal("1")) },
  { weight: 2, arbitrary: fc.bigInt({ min: 0n, max: decimal("20") }) },
  fc.constantFrom(0n, 1n, decimal("0.000001"), decimal("100"), (1n << 128n) - 1n),
);
const splits: fc.Arbitrary<BallotSplit> = fc.constantFrom(
  { yes: 10_000, no: 0, abstain: 0, veto: 0 },
  { yes: 10_000, no: 0, abstain: 0, veto: 0 },
  { yes: 2500, no: 2500, abstain: 2500, veto: 2500 },
  { yes: 0, no: 10_000, abstain: 0, veto: 0 },
  { yes: 1, no: 2, abstain: 3, veto: 4 },
);
const place = fc.nat(2);
/** Mostly nobody: then a device is the sender's own. */
const thief = fc.option(someone, { freq: 1, nil: undefined });

const wishes: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Wish> }[] = [
  { weight: 8, arbitrary: fc.record({ recipient: someone, amount: amounts, memo: memos() }).map(transferWish) },
  { weight: 1, arbitrary: amounts.map((amount) => () => ({ kind: "burn", amount })) },
  {
    weight: 5,
    arbitrary: fc
      .record({ amount: amounts, lockDays: fc.constantFrom(0, 1, 1, 1, 2, 3, 366) })
      .map((body) => () => ({ kind: "stake", ...body })),
  },
  { weight: 4, arbitrary: amounts.map((amount) => () => ({ kind: "unstake", amount })) },
  {
    weight: 2,
    arbitrary: fc.option(someone, { freq: 3 }).map((to) => () => ({ kind: "delegate", delegate: to?.account ?? null })),
  },
  { weight: 3, arbitrary: fc.record({ thief, device: place, isValidator: fc.boolean() }).map(registerWish) },
  { weight: 2, arbitrary: fc.record({ thief, device: place }).map(retireWish) },
  { weight: 2, arbitrary: fc.record({ accused: someone, at: place, isHeaders: fc.boolean() }).map(evidenceWish) },
  { weight: 2, arbitrary: place.map((title) => () => ({ kind: "nepSubmit", document: proposal(title) })) },
  { weight: 4, arbitrary: fc.record({ at: place, split: splits }).map(voteWish) },
  { weight: 1, arbitrary: fc.record({ at: place, voter: someone, split: splits }).map(bulkVoteWish) },
  {
    weight: 3,
    arbitrary: fc
      .record({ at: place, kind: fc.constantFrom("nepWithdraw", "nepReady", "nepRollback") })
      .map(({ at, kind }) => (chain) => ({ kind, nepId: openNep(chain, at) })),
  },
  {
    weight: 1,
    arbitrary: place.map((at) => (chain) => ({ kind: "nepComment", nepId: openNep(chain, at), comment: NO_DIGEST })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(place, place).map(([at, title]) => (chain) => ({
      kind: "nepEdit",
      nepId: openNep(chain, at),
      document: proposal(title),
    })),
  },
];

const envelopes: fc.Arbitrary<Envelope> = fc.oneof(
  { weight: 20, arbitrary: fc.constant("right" as const) },
  fc.constantFrom("stale", "future", "foreign", "expired", "altered", "garbage"),
);

export const randomBlocks: fc.Arbitrary<readonly RandomBlock[]> = fc.array(
  fc.array(fc.record({ from: someone, wish: fc.oneof(...wishes), envelope: envelopes }), { maxLength: 6 }),
  { minLength: 15, maxLength: 45, size: "max" },
);

/** The block's transactions, signed for the state that the chain has now. */
export function transactionsOf(chain: TestChain, intents: RandomBlock): Uint8Array[] {
  const sent = new Map<Person, number>();
  return intents.map(({ from, wish, envelope }) => {
    const nonce = chain.nonce(from) + (sent.get(from) ?? 0);
    const bytes = chain.signed({ from, body: wish(chain, from), wrong: { nonce, ...wrongOf(envelope, chain, nonce) } });
    if (envelope === "right") sent.set(from, (sent.get(from) ?? 0) + 1);
    if (envelope === "altered") bytes[bytes.length - 1]! ^= 1;
    return envelope === "garbage" ? bytes.subarray(1) : bytes;
  });
}

function wrongOf(envelope: Envelope, chain: TestChain, nonce: number): Partial<TransactionContent> {
  if (envelope === "stale") return { nonce: Math.max(0, nonce - 1) };
  if (envelope === "future") return { nonce: nonce + 1 };
  if (envelope === "foreign") return { networkId: NO_DIGEST };
  return envelope === "expired" ? { lastHeight: chain.height } : {};
}

const NO_DIGEST = "00".repeat(32) as Digest;

function proposal(title: number) {
  return lowerReward({ title: `Proposal ${title}` });
}

function openNep(chain: TestChain, index: number): Digest {
  const { open } = chain.state.cells.openNeps;
  return open[index % Math.max(1, open.length)]?.nepId ?? NO_DIGEST;
}

function memos(): fc.Arbitrary<string> {
  return fc.oneof({ weight: 9, arbitrary: fc.string({ maxLength: 20 }) }, fc.constant("m".repeat(300)));
}

function transferWish({ recipient, amount, memo }: { recipient: Person; amount: bigint; memo: string }): Wish {
  return () => ({ kind: "transfer", recipient: recipient.account, amount, memo });
}

function registerWish(wish: { thief: Person | undefined; device: number; isValidator: boolean }): Wish {
  return (chain, from) => registration(chain, wish.thief ?? from, wish);
}

function retireWish({ thief: owner, device }: { thief: Person | undefined; device: number }): Wish {
  return (chain, from) => {
    return { kind: "retireDevice", device: registration(chain, owner ?? from, { device, isValidator: false }).device };
  };
}

function voteWish({ at, split }: { at: number; split: BallotSplit }): Wish {
  return (chain) => ({ kind: "nepVote", nepId: openNep(chain, at), split });
}

function bulkVoteWish({ at, voter, split }: { at: number; voter: Person; split: BallotSplit }): Wish {
  return (chain) => ({
    kind: "bulkVote",
    ballots: [signedBallotOf(voter, { networkId: chain.networkId, nepId: openNep(chain, at), sequence: at, split })],
  });
}

export interface BallotChoice {
  readonly networkId: Digest;
  readonly nepId: Digest;
  readonly sequence: number;
  readonly split: BallotSplit;
}

export function signedBallotOf({ key }: Person, choice: BallotChoice): SignedBallot {
  const ballot = { ...choice, publicKey: key.publicKey };
  return { ballot, signature: portableScheme.sign(ballotHash(ballot), key.privateKey) };
}

function evidenceWish({ accused, at, isHeaders }: { accused: Person; at: number; isHeaders: boolean }): Wish {
  return (chain) => ({
    kind: "evidence",
    contradiction: isHeaders ? headersOf(chain, accused, at) : ballotsOf(chain, accused, at),
  });
}

type Contradiction = BodyOf<"evidence">["contradiction"];

function headersOf({ networkId }: TestChain, accused: Person, height: number): Contradiction {
  const [first, second] = [1, 2].map((timeMs) => signedHeaderOf(accused, { networkId, height, timeMs })) as [
    ReturnType<typeof signedHeaderOf>,
    ReturnType<typeof signedHeaderOf>,
  ];
  return { kind: "headers", first, second };
}

function ballotsOf({ networkId }: TestChain, accused: Person, sequence: number): Contradiction {
  const choice = { networkId, nepId: NO_DIGEST, sequence };
  const yes = signedBallotOf(accused, { ...choice, split: { yes: 10_000, no: 0, abstain: 0, veto: 0 } });
  const no = signedBallotOf(accused, { ...choice, split: { yes: 0, no: 10_000, abstain: 0, veto: 0 } });
  return { kind: "ballots", first: yes, second: no };
}
