/**
 * What the state holds: tables of entries with Merkle proofs, and single cells. Order matters: it is the order of the
 * leaves under the state root. New ones go to the end. Spec: spec/state.md#S2.
 */

import { auditRecord } from "../audits/auditRecord.ts";
import type { ValueOf } from "../codec/codec.ts";
import { list, optional, struct } from "../codec/composites.ts";
import { choice, count, u8, u16, u32 } from "../codec/primitives.ts";
import { PUBLIC_KEY_BYTES } from "../crypto/signatureScheme.ts";
import { optionalTraining } from "../genesis/trainingGenesis.ts";
import { ACCOUNT_BYTES } from "../keys/address.ts";
import { nepDocument } from "../nep/document.ts";
import { nepRecord } from "../nep/record.ts";
import { parameterHistory } from "../params/history.ts";
import { commitRecord, livenessRecord, roundRecord, standing, trainingCell } from "../rounds/roundRecord.ts";
import { ballotSplit } from "../types/ballot.ts";
import { accountId, amount, DIGEST_BYTES, deviceKey, digest, publicKey } from "../types/identifiers.ts";
import { deviceFacts, MOST_SLOTS } from "../types/transaction.ts";

const account = struct({ balance: amount, nonce: count });
export type Account = ValueOf<typeof account>;

const lot = struct({ amount, height: count });

/** The governed limit (MAX_STAKE_LOTS) is lower. */
const MOST_LOTS = 64;

const stakes = struct({
  /** Bonded; `height`: from when it may be unstaked. Ascending. */
  lots: list(lot, MOST_LOTS),
  /** On its way out; `height`: from when it is spendable. Ascending. Until then it can be slashed. */
  unbonding: list(lot, MOST_LOTS),
  /** Part of the bonded amount that open proposals of this account hold. */
  deposits: amount,
});
export type Stakes = ValueOf<typeof stakes>;

const powerCheckpoint = struct({
  /** First height whose snapshot has these figures. */
  height: count,
  own: amount,
  delegate: optional(accountId),
  /** Stake of others who delegate to this account. */
  received: amount,
});
export type PowerCheckpoint = ValueOf<typeof powerCheckpoint>;

/** The present and one for each snapshot that an open proposal uses. */
const MOST_CHECKPOINTS = 1100;

const powerHistory = struct({ checkpoints: list(powerCheckpoint, MOST_CHECKPOINTS) });

const device = struct({ account: accountId, facts: deviceFacts, registeredAt: count });
export type Device = ValueOf<typeof device>;

const validator = struct({ devices: u16, since: count });

const ballotRecord = struct({ voter: accountId, sequence: count, split: ballotSplit, power: amount });
export type BallotRecord = ValueOf<typeof ballotRecord>;

const escrow = struct({ owner: accountId, amount, purpose: choice(["nepFee"]) });
export type Escrow = ValueOf<typeof escrow>;

/** `keyBytes`: length of a direct key, which is hexadecimal; null where any text is a key. */
export const TABLES = {
  accounts: { value: account, path: "direct", keyBytes: ACCOUNT_BYTES },
  stakes: { value: stakes, path: "direct", keyBytes: ACCOUNT_BYTES },
  power: { value: powerHistory, path: "direct", keyBytes: ACCOUNT_BYTES },
  devices: { value: device, path: "direct", keyBytes: PUBLIC_KEY_BYTES },
  validators: { value: validator, path: "direct", keyBytes: ACCOUNT_BYTES },
  escrows: { value: escrow, path: "direct", keyBytes: DIGEST_BYTES },
  /** Key: `module.PARAMETER`. */
  params: { value: parameterHistory, path: "hashed", keyBytes: null },
  neps: { value: nepRecord, path: "direct", keyBytes: DIGEST_BYTES },
  nepDocuments: { value: nepDocument, path: "direct", keyBytes: DIGEST_BYTES },
  /** Key: the number of the label NEP-NNN. */
  nepLabels: { value: struct({ nepId: digest }), path: "hashed", keyBytes: null },
  /** Key: `nepId/account`, as in the tables below. */
  ballots: { value: ballotRecord, path: "hashed", keyBytes: null },
  /** Key: `nepId/delegate`. Power that delegators took back by voting themselves. */
  overrides: { value: struct({ power: amount }), path: "hashed", keyBytes: null },
  /** Accounts that declared themselves ready for a proposal, or asked to roll it back: `nepId/account/ready|rollback`. */
  signals: { value: struct({ power: amount }), path: "hashed", keyBytes: null },
  /** Key: digest of what a rejected proposal wanted. Value: from when the same may be proposed again. */
  cooldowns: { value: struct({ height: count }), path: "direct", keyBytes: DIGEST_BYTES },
  /** Evidence that was acted upon, by its digest. */
  evidence: { value: struct({ height: count }), path: "direct", keyBytes: DIGEST_BYTES },
  /** How many devices an account has. */
  deviceCounts: { value: struct({ devices: u16 }), path: "direct", keyBytes: ACCOUNT_BYTES },
  /** Key: the number of the round. */
  rounds: { value: roundRecord, path: "hashed", keyBytes: null },
  /** Key: `round/slot`, as in `audits`. */
  commits: { value: commitRecord, path: "hashed", keyBytes: null },
  /** What a validator has attested in a round: `round/availability|model/account`. */
  attestations: { value: struct({ slots: list(u16, MOST_SLOTS) }), path: "hashed", keyBytes: null },
  audits: { value: auditRecord, path: "hashed", keyBytes: null },
  standings: { value: standing, path: "direct", keyBytes: PUBLIC_KEY_BYTES },
  liveness: { value: livenessRecord, path: "direct", keyBytes: PUBLIC_KEY_BYTES },
  /** The last epoch for which a validator has reported. */
  livenessReports: { value: struct({ epoch: count }), path: "direct", keyBytes: ACCOUNT_BYTES },
  /** Pay that is held so that a slash finds something. */
  bonds: { value: struct({ amount }), path: "direct", keyBytes: ACCOUNT_BYTES },
  /** Power of the validators that the genesis names, before it fades. */
  bootstrap: { value: struct({ power: amount }), path: "direct", keyBytes: ACCOUNT_BYTES },
  /** What was minted for an account in a day, counted in blocks from the first. */
  mints: { value: struct({ day: count, amount }), path: "direct", keyBytes: ACCOUNT_BYTES },
} as const;

export type TableName = keyof typeof TABLES;
export type EntryOf<T extends TableName> = ValueOf<(typeof TABLES)[T]["value"]>;
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** Whether the table could have an entry under `key`. */
export function isKeyOf(table: TableName, key: string): boolean {
  const { keyBytes } = TABLES[table];
  return keyBytes === null || (key.length === 2 * keyBytes && /^[0-9a-f]*$/.test(key));
}

const network = struct({
  networkId: digest,
  /** Signs the blocks of an embedded chain. */
  sequencer: publicKey,
});

/** `parent`: hash of the header before the last block, so that nothing here depends on the header that commits to it. */
const head = struct({ height: count, parent: digest, beacon: digest });

/** Amounts by where they are. genesis + minted = the sum of all the others. */
const supply = struct({
  genesis: amount,
  minted: amount,
  burned: amount,
  spendable: amount,
  bonded: amount,
  unbonding: amount,
  escrowed: amount,
  treasury: amount,
  held: amount,
});
export type Supply = ValueOf<typeof supply>;

const version = struct({ major: u16, minor: u16, patch: u16 });
export type ProtocolVersion = ValueOf<typeof version>;

export const MOST_OPEN_NEPS = 1024;
/** Of the whole network. */
export const MOST_TRAINERS = 1 << 16;

/** `dueAt`: the next height at which something happens to it. */
const openNep = struct({ nepId: digest, snapshotAt: count, dueAt: count });

export const CELLS = {
  network,
  head,
  supply,
  version,
  /** Bonded stake of everybody, as checkpoints like those of an account. */
  totalPower: struct({ checkpoints: list(struct({ height: count, total: amount }), MOST_CHECKPOINTS) }),
  validatorCount: struct({ count: u32 }),
  /** Proposals that can still change by themselves, in the order of their labels. */
  openNeps: struct({ open: list(openNep, MOST_OPEN_NEPS), lastLabel: u32 }),
  /** Active proposals, in the order in which they came into force. */
  activeNeps: struct({ ids: list(digest, 1 << 16) }),
  format: struct({ version: u8 }),
  /** Who validates, in the order in which they came. */
  validatorSet: struct({ accounts: list(accountId, 1 << 16) }),
  /** Devices with the trainer's role, in the order in which they were registered. */
  trainers: struct({ devices: list(deviceKey, MOST_TRAINERS) }),
  training: trainingCell,
  /** The blobs that the genesis names, and what rules need to know of its recipe. */
  recipe: optionalTraining,
} as const;

export type CellName = keyof typeof CELLS;
export type CellOf<C extends CellName> = ValueOf<(typeof CELLS)[C]>;
export const CELL_NAMES = Object.keys(CELLS) as readonly CellName[];
