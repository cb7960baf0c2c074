/** Who validates: accounts with a validator device and the stake of the tier that the number of validators asks for. */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { type Rejected, reject } from "../transition/outcome.ts";
import type { AccountId } from "../types/identifiers.ts";
import { bondedOf, stakesIn } from "./stakes.ts";
import { requiredValidatorStake } from "./validatorTiers.ts";

/** The rejection of an account that has not the stake to become a validator, undefined when it has, or the genesis names it. */
export function cannotValidate(draft: Draft, account: AccountId, { params }: BlockContext): Rejected | undefined {
  if (draft.get("bootstrap", account) !== undefined) return undefined;
  const isNew = draft.get("validators", account) === undefined;
  const validators = draft.cell("validatorCount").count + (isNew ? 1 : 0);
  const needed = requiredValidatorStake(params, validators);
  const available = bondedOf(stakesIn(draft, account));
  return available < needed ? reject({ code: "VALIDATOR_STAKE_TOO_LOW", available, needed, validators }) : undefined;
}

/** One more device with the validator's role. */
export function addValidatorDevice(draft: Draft, account: AccountId, { height }: BlockContext): DraftEvent[] {
  const entry = draft.get("validators", account);
  draft.set("validators", account, { devices: (entry?.devices ?? 0) + 1, since: entry?.since ?? height });
  if (entry !== undefined) return [];
  changeCount(draft, 1);
  draft.setCell("validatorSet", { accounts: [...draft.cell("validatorSet").accounts, account] });
  return [{ kind: "validatorJoined", account }];
}

/** One device less with that role. An account that lost the role before has nothing to lose here. */
export function removeValidatorDevice(draft: Draft, account: AccountId): DraftEvent[] {
  const entry = draft.get("validators", account);
  if (entry === undefined) return [];
  if (entry.devices === 1) return leave(draft, account);
  draft.set("validators", account, { ...entry, devices: entry.devices - 1 });
  return [];
}

/** Ends the role of an account whose stake has become too low, unless the network would have too few validators. */
export function leaveWhenShort(
  draft: Draft,
  account: AccountId,
  { params }: Pick<BlockContext, "params">,
): DraftEvent[] {
  if (draft.get("validators", account) === undefined || draft.get("bootstrap", account) !== undefined) return [];
  const { count } = draft.cell("validatorCount");
  const isShort = bondedOf(stakesIn(draft, account)) < requiredValidatorStake(params, count);
  return isShort && count > params.get("economics.constants.MIN_VALIDATORS") ? leave(draft, account) : [];
}

function leave(draft: Draft, account: AccountId): DraftEvent[] {
  draft.remove("validators", account);
  changeCount(draft, -1);
  const { accounts } = draft.cell("validatorSet");
  draft.setCell("validatorSet", { accounts: accounts.filter((each) => each !== account) });
  return [{ kind: "validatorLeft", account }];
}

function changeCount(draft: Draft, change: 1 | -1): void {
  draft.setCell("validatorCount", { count: draft.cell("validatorCount").count + change });
}
