/** Everything that the state knows of one account, as its next transaction would find it. */
import {
  type AccountId,
  type Amount,
  type Device,
  formatAddress,
  formatDecimal,
  paramsAt,
  type State,
  stakeMultiplier,
} from "@neuroshard/protocol";
import type { AccountView } from "@neuroshard/sdk/api";
import { createGrouping } from "../groupedEntries.ts";

const devicesOf = createGrouping<Device>((_, { account }) => account);

interface Lot {
  readonly amount: Amount;
  readonly height: number;
}

/** `pending`: how many transactions of the account wait for a block. */
export function accountView(state: State, account: AccountId, pending: number): AccountView {
  const { tables, cells } = state;
  const { height } = cells.head;
  const { balance, nonce } = tables.accounts.get(account) ?? { balance: 0n, nonce: 0 };
  const unbonding = tables.stakes.get(account)?.unbonding ?? [];
  // What matures becomes spendable with the account's next transaction, and so is spendable now.
  const matured = sumOf(unbonding.filter((lot) => lot.height <= height + 1));
  const validator = tables.validators.get(account);
  return {
    address: formatAddress(account),
    height,
    balance: String(balance + matured),
    matured: String(matured),
    nonce,
    nextNonce: nonce + pending,
    stake: stakeOf(state, account),
    held: String(tables.bonds.get(account)?.amount ?? 0n),
    power: powerOf(state, account),
    validator: validator === undefined ? null : { devices: validator.devices, since: validator.since },
    devices: devicesOf(tables.devices, account).map(([device, { facts, registeredAt }]) => ({
      device,
      roles: [...facts.roles],
      memoryMb: facts.memoryMb,
      speed: facts.speed,
      softwareVersion: facts.softwareVersion,
      registeredAt,
    })),
  };
}

function stakeOf({ tables, cells }: State, account: AccountId): AccountView["stake"] {
  const { height } = cells.head;
  const { lots, unbonding, deposits } = tables.stakes.get(account) ?? { lots: [], unbonding: [], deposits: 0n };
  const bonded = sumOf(lots);
  const unlocked = sumOf(lots.filter((lot) => lot.height <= height + 1));
  const free = bonded - deposits;
  const isHeld = free < unlocked;
  return {
    bonded: String(bonded),
    unlocked: String(isHeld ? free : unlocked),
    lots: lots.map(lotView),
    unbonding: unbonding.filter((lot) => lot.height > height + 1).map(lotView),
    deposits: String(deposits),
    multiplier: formatDecimal(stakeMultiplier(paramsAt({ tables, cells }, height), bonded)),
  };
}

function powerOf({ tables }: State, account: AccountId): AccountView["power"] {
  const power = tables.power.get(account)?.checkpoints.at(-1);
  if (power === undefined) return { own: "0", received: "0", delegate: null };
  const { own, received, delegate } = power;
  return {
    own: String(own),
    received: String(received),
    delegate: delegate === null ? null : formatAddress(delegate),
  };
}

function lotView({ amount, height }: Lot): AccountView["stake"]["lots"][number] {
  return { amount: String(amount), height };
}

function sumOf(lots: readonly Lot[]): Amount {
  return lots.reduce((sum, { amount }) => sum + amount, 0n);
}
