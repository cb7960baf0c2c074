/**
 * Voting power now and at past heights. A vote counts with what was staked when voting opened, so power is kept as
 * checkpoints, as many as open proposals have snapshots and no more. Delegation moves power one step: stake that an
 * account received by delegation does not travel on when that account delegates its own. Spec: spec/staking.md#S5.
 */
import type { Draft } from "../state/draft.ts";
import type { PowerCheckpoint } from "../state/tables.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";

export type Power = Omit<PowerCheckpoint, "height">;

const NONE: Power = { own: 0n, delegate: null, received: 0n };

export function powerNow(draft: Draft, account: AccountId): Power {
  return draft.get("power", account)?.checkpoints.at(-1) ?? NONE;
}

/** After the block of that height; exact for the snapshots of open proposals. */
export function powerAt(draft: Draft, account: AccountId, height: number): Power {
  return lastUpTo(draft.get("power", account)?.checkpoints ?? [], height) ?? NONE;
}

export function totalPowerAt(draft: Draft, height: number): Amount {
  return lastUpTo(draft.cell("totalPower").checkpoints, height)?.total ?? 0n;
}

/** The account's own stake has changed by `change`; the power of its delegate follows. */
export function changeOwnPower(draft: Draft, account: AccountId, change: Amount, height: number): void {
  const power = powerNow(draft, account);
  setPower(draft, account, { ...power, own: power.own + change }, height);
  if (power.delegate !== null) changeReceived(draft, power.delegate, change, height);
  const { checkpoints } = draft.cell("totalPower");
  const total = (checkpoints.at(-1)?.total ?? 0n) + change;
  draft.setCell("totalPower", { checkpoints: withCheckpoint(draft, checkpoints, { height, total }) });
}

export function setDelegate(draft: Draft, account: AccountId, delegate: AccountId | null, height: number): void {
  const power = powerNow(draft, account);
  if (power.delegate !== null) changeReceived(draft, power.delegate, -power.own, height);
  if (delegate !== null) changeReceived(draft, delegate, power.own, height);
  setPower(draft, account, { ...power, delegate }, height);
}

function changeReceived(draft: Draft, account: AccountId, change: Amount, height: number): void {
  const power = powerNow(draft, account);
  setPower(draft, account, { ...power, received: power.received + change }, height);
}

function setPower(draft: Draft, account: AccountId, power: Power, height: number): void {
  const checkpoints = draft.get("power", account)?.checkpoints ?? [];
  const { own, delegate, received } = power;
  const next = withCheckpoint(draft, checkpoints, { height, own, delegate, received });
  const isNothing = own === 0n && received === 0n && delegate === null && next.length === 1;
  if (isNothing) draft.remove("power", account);
  else draft.set("power", account, { checkpoints: next });
}

function lastUpTo<C extends { readonly height: number }>(checkpoints: readonly C[], height: number): C | undefined {
  return checkpoints.findLast((checkpoint) => checkpoint.height <= height);
}

/** Drops what no open proposal can ask for any more. */
function withCheckpoint<C extends { readonly height: number }>(
  draft: Draft,
  checkpoints: readonly C[],
  next: C,
): readonly C[] {
  const earlier = checkpoints.filter(({ height }) => height < next.height);
  const snapshots = draft.cell("openNeps").open.map(({ snapshotAt }) => snapshotAt);
  const needed = new Set(snapshots.filter((at) => at < next.height).map((at) => lastUpTo(earlier, at)));
  return [...earlier.filter((checkpoint) => needed.has(checkpoint)), next];
}
