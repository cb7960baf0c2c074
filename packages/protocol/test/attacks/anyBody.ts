/** A body of every kind with whatever values its fields can hold: what an attacker could write into a transaction. */
import * as fc from "fast-check";
import type { AccountId, DeviceKey, Digest } from "../../src/types/identifiers.ts";
import { DEVICE_ROLES, type TransactionBody, type TransactionKind } from "../../src/types/transaction.ts";
import { lowerReward } from "../chain/documents.ts";
import { signedBallotOf } from "../chain/randomTransactions.ts";
import { signedHeaderOf } from "../chain/signedBlocks.ts";
import { person } from "../chain/testChain.ts";

export const ATTACKERS = ["eve", "mal", "sybil"] as const;

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((octets) => Buffer.from(octets).toString("hex"));
const attacker = fc.constantFrom(...ATTACKERS).map(person);
const account = fc.oneof(
  attacker.map((who) => who.account),
  hex(20) as fc.Arbitrary<AccountId>,
);
const digest = hex(32) as fc.Arbitrary<Digest>;
const device = hex(33) as fc.Arbitrary<DeviceKey>;
const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
  fc.bigInt({ min: 0n, max: 10n ** 21n }),
  fc.constantFrom(0n, 1n, (1n << 128n) - 1n),
);
const u16 = fc.oneof(fc.nat(65_535), fc.constantFrom(0, 1, 65_535));
const u32 = fc.oneof(fc.nat(0xffff_ffff), fc.constantFrom(0, 2 ** 31 - 1, 0xffff_ffff));
const split = fc.record({ yes: u16, no: u16, abstain: u16, veto: u16 });
const extreme = fc.constantFrom(0n, 1n, -1n, 10n ** 18n, (1n << 127n) - 1n, -(1n << 127n));
const documents = fc
  .record({
    title: fc.string({ maxLength: 12 }),
    approvalThreshold: fc.oneof(fc.constant(660_000_000_000_000_000n), extreme),
    quorumThreshold: fc.oneof(fc.constant(200_000_000_000_000_000n), extreme),
    gracePeriodDays: u32,
    activationDelayBlocks: u32,
    requires: fc.array(digest, { maxLength: 1 }),
    targetVersion: fc.string({ maxLength: 8 }),
  })
  .map(({ gracePeriodDays, activationDelayBlocks, targetVersion, ...given }) => {
    const { upgradePath } = lowerReward();
    const changed = { ...upgradePath, gracePeriodDays, activationDelayBlocks, targetVersion };
    return lowerReward({ ...given, upgradePath: changed });
  });
const signedBallot = fc
  .record({ who: attacker, networkId: digest, nepId: digest, sequence: fc.maxSafeNat(), split })
  .map(({ who, ...choice }) => signedBallotOf(who, choice));
const signedHeader = fc
  .record({ who: attacker, networkId: digest, height: fc.maxSafeNat() })
  .map(({ who, ...given }) => signedHeaderOf(who, given));

const round = fc.oneof(fc.nat(3), fc.maxSafeNat());
const model = fc.record({ weights: digest, momentum: digest });
const commit = fc.record({
  round,
  slot: fc.nat(5),
  baseModel: model,
  startOptimizer: fc.option(digest),
  startResidual: fc.option(digest),
  segments: fc.array(digest, { maxLength: 4 }),
  endWeights: digest,
  endOptimizer: digest,
  endResidual: digest,
  delta: digest,
  deltaBytes: u32,
  steps: u32,
  samples: fc.maxSafeNat(),
  firstLoss: u32,
  lastLoss: u32,
});

const signedCommit = fc
  .record({ who: attacker, nonce: fc.maxSafeNat(), lastHeight: fc.maxSafeNat(), commit })
  .map(({ who, ...given }) => ({ ...given, publicKey: who.key.publicKey, signature: new Uint8Array(64).fill(1) }));

/** Closed: a new kind does not compile without its line here, and is attacked with the others. */
const BODIES: { readonly [K in TransactionKind]: fc.Arbitrary<Omit<Extract<TransactionBody, { kind: K }>, "kind">> } = {
  transfer: fc.record({ recipient: account, amount, memo: fc.string({ maxLength: 300 }) }),
  burn: fc.record({ amount }),
  stake: fc.record({ amount, lockDays: u16 }),
  unstake: fc.record({ amount }),
  delegate: fc.record({ delegate: fc.option(account) }),
  registerDevice: fc.record({
    device,
    deviceSignature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
    facts: fc.record({
      roles: fc.array(fc.constantFrom(...DEVICE_ROLES), { maxLength: 4 }),
      memoryMb: u32,
      speed: u32,
      numericClass: digest,
      softwareVersion: fc.string({ maxLength: 8 }),
      features: fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }),
    }),
  }),
  retireDevice: fc.record({ device }),
  evidence: fc.record({
    contradiction: fc.oneof(
      fc.record({ kind: fc.constant("ballots" as const), first: signedBallot, second: signedBallot }),
      fc.record({ kind: fc.constant("headers" as const), first: signedHeader, second: signedHeader }),
      fc.record({ kind: fc.constant("commits" as const), first: signedCommit, second: signedCommit }),
    ),
  }),
  nepSubmit: fc.record({ document: documents }),
  nepEdit: fc.record({ nepId: digest, document: documents }),
  nepWithdraw: fc.record({ nepId: digest }),
  nepVote: fc.record({ nepId: digest, split }),
  bulkVote: fc.record({ ballots: fc.array(signedBallot, { maxLength: 3 }) }),
  nepReady: fc.record({ nepId: digest }),
  nepRollback: fc.record({ nepId: digest }),
  nepComment: fc.record({ nepId: digest, comment: digest }),
  attestLiveness: fc.record({ epoch: fc.maxSafeNat(), devices: fc.array(device, { maxLength: 4 }) }),
  commitWork: fc.record({ commit }),
  attestAvailability: fc.record({ round, slots: fc.array(fc.nat(5), { maxLength: 4 }) }),
  attestModel: fc.record({ round, model, validationLoss: fc.option(u32) }),
  auditSeal: fc.record({ round, slot: fc.nat(5), seal: digest }),
  auditReveal: fc.record({
    round,
    slot: fc.nat(5),
    answer: fc.oneof(
      fc.record({ kind: fc.constant("replayed" as const), end: digest, interior: digest }),
      fc.record({ kind: fc.constant("unavailable" as const) }),
    ),
  }),
};

export function bodiesOf(kind: TransactionKind): fc.Arbitrary<TransactionBody> {
  return (BODIES[kind] as fc.Arbitrary<object>).map((fields) => ({ kind, ...fields }) as TransactionBody);
}

export const anyBody: fc.Arbitrary<TransactionBody> = fc
  .constantFrom(...(Object.keys(BODIES) as TransactionKind[]))
  .chain(bodiesOf);
