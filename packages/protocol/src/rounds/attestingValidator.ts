/** Whether a device may attest in the newest round, and with what power. */
import { workingDevice } from "../devices/workingDevice.ts";
import type { Draft } from "../state/draft.ts";
import { type Rejected, reject } from "../transition/outcome.ts";
import type { AccountId, Amount, DeviceKey } from "../types/identifiers.ts";
import { powerInRound } from "./attestations.ts";
import { currentRound } from "./roundOf.ts";
import type { RoundPhase, RoundRecord } from "./roundRecord.ts";

export interface Attesting {
  readonly ok: true;
  readonly round: RoundRecord;
  readonly account: AccountId;
  readonly power: Amount;
}

interface Wanted {
  readonly signer: DeviceKey;
  readonly round: number;
  readonly phase: RoundPhase;
}

export function attestingValidator(draft: Draft, { signer, round: number, phase }: Wanted): Attesting | Rejected {
  const working = workingDevice(draft, signer, "validator");
  if (!working.ok) return working;
  const { account } = working.device;
  const round = currentRound(draft);
  if (round === undefined || round.number !== number) {
    return reject({ code: "ROUND_UNKNOWN", round: number, current: round?.number ?? 0 });
  }
  if (round.phase !== phase) return reject({ code: "ROUND_PHASE", round: number, phase: round.phase, needed: phase });
  const power = powerInRound(round, account);
  if (power === undefined) return reject({ code: "NOT_A_VALIDATOR", account, round: number });
  return { ok: true, round, account, power };
}
