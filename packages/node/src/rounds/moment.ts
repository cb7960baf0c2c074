/** What the state says about this device and its round after a block. */
import {
  type AccountId,
  type DeviceKey,
  type Params,
  paramsAt,
  type RoundRecord,
  type RoundSlot,
  roundKey,
  type State,
} from "@neuroshard/protocol";

export interface OwnSlot {
  readonly index: number;
  readonly record: RoundSlot;
}

export interface Moment {
  readonly state: State;
  readonly height: number;
  /** In force in the next block. */
  readonly params: Params;
  /** The newest. */
  readonly round: RoundRecord | undefined;
  /** Of this device; undefined while it is not registered. */
  readonly account: AccountId | undefined;
  readonly isValidator: boolean;
  /** Whether its word counts in the newest round. */
  readonly isAttesting: boolean;
  readonly slot: OwnSlot | undefined;
}

export function momentOf(state: State, device: DeviceKey): Moment {
  const { height } = state.cells.head;
  const round = state.tables.rounds.get(roundKey(state.cells.training.round));
  const registered = state.tables.devices.get(device);
  const account = registered?.account;
  const isValidator = registered?.facts.roles.includes("validator") ?? false;
  const isAttesting = isValidator && (round?.validators.some((validator) => validator.account === account) ?? false);
  const slot = round === undefined ? undefined : ownSlot(round, device);
  return { state, height, params: paramsAt(state, height + 1), round, account, isValidator, isAttesting, slot };
}

export function ownSlot({ slots }: RoundRecord, device: DeviceKey): OwnSlot | undefined {
  const index = slots.findIndex((slot) => slot.device === device);
  const record = slots[index];
  return record && { index, record };
}

/** Rounds that are not settled, and the newest one. */
export function openRounds({ cells, tables }: State): readonly RoundRecord[] {
  const numbers = new Set([...cells.training.open, cells.training.round]);
  return [...numbers].flatMap((number) => tables.rounds.get(roundKey(number)) ?? []);
}

/** Whether somebody may still want to replay work of the round. */
export function isAuditable({ phase, accounting, openAudits }: RoundRecord): boolean {
  const isRunning = phase !== "done" && phase !== "failed";
  return isRunning || accounting === "draw" || openAudits.length > 0;
}
