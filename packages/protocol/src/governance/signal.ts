/**
 * Signals: stake that says "my nodes are ready for this proposal", or "take this change back". Counted once an account,
 * with the power of the proposal's snapshot; a delegate speaks for those who delegate to him. spec/governance.md#G6, #G8
 */

import { formatParamValue } from "../params/formatParamValue.ts";
import { valueAt } from "../params/history.ts";
import { historyIn } from "../params/paramsOfState.ts";
import { powerAt, totalPowerAt } from "../staking/power.ts";
import type { Draft } from "../state/draft.ts";
import type { Apply } from "../transition/context.ts";
import { accept, type Rejected, reject } from "../transition/outcome.ts";
import type { AccountId } from "../types/identifiers.ts";
import { isSame } from "./checkChanges.ts";
import { findNep, type Nep, saveNep } from "./openNeps.ts";
import { reaches } from "./reaches.ts";
import { knownKey } from "./setParameters.ts";
import { statusOf } from "./status.ts";

type Purpose = "ready" | "rollback";

export const nepReady: Apply<"nepReady"> = (draft, { sender, body: { nepId } }, { height }) => {
  const found = findNep(draft, nepId);
  if ("ok" in found) return found;
  const { stage, snapshotAt } = found.record;
  const isOpen = height > snapshotAt && (stage.kind === "pending" || (stage.kind === "passed" && !stage.isLockedIn));
  if (!isOpen) {
    return reject({ code: "NEP_STATUS", status: statusOf(found.record, height - 1), needed: "voting or approved" });
  }
  const power = signal(draft, found, sender, "ready");
  if (typeof power !== "bigint") return power;
  saveNep(draft, { nepId, record: { ...found.record, ready: found.record.ready + power } });
  return accept({ kind: "signalled", nepId, account: sender, purpose: "ready", power });
};

export const nepRollback: Apply<"nepRollback"> = (draft, { sender, body: { nepId } }, { height }) => {
  const found = findNep(draft, nepId);
  if ("ok" in found) return found;
  const { record } = found;
  const { stage, rules } = record;
  if (stage.kind !== "active") {
    return reject({ code: "NEP_STATUS", status: statusOf(record, height - 1), needed: "active" });
  }
  const until = stage.at + rules.rollbackWindowBlocks;
  if (height > until) return reject({ code: "ROLLBACK_CLOSED", until, height });
  const changed = laterChange(draft, found, height);
  if (changed !== undefined) return changed;
  const power = signal(draft, found, sender, "rollback");
  if (typeof power !== "bigint") return power;
  const rollback = record.rollback + power;
  const isEnough = reaches(rollback, totalPowerAt(draft, record.snapshotAt), rules.rollbackApproval);
  // At the start of the next block: within a block parameters do not move.
  const rollbackAt = isEnough ? height + 1 : stage.rollbackAt;
  saveNep(draft, { nepId, record: { ...record, rollback, stage: { ...stage, rollbackAt } } });
  return accept({ kind: "signalled", nepId, account: sender, purpose: "rollback", power });
};

/** A rollback restores old values; where another proposal has changed them since, there is nothing to restore. */
function laterChange(draft: Draft, { record }: Nep, height: number): Rejected | undefined {
  for (const { key, newValue } of record.changes) {
    const current = valueAt(historyIn(draft, knownKey(key)), height);
    if (!isSame(current, newValue)) {
      return reject({
        code: "PARAM_STALE",
        key,
        current: formatParamValue(current),
        given: formatParamValue(newValue),
      });
    }
  }
  return undefined;
}

/** Notes the signal and gives its power. */
function signal(draft: Draft, { nepId, record }: Nep, account: AccountId, purpose: Purpose): bigint | Rejected {
  const key = `${nepId}/${account}/${purpose}`;
  if (draft.get("signals", key) !== undefined) return reject({ code: "ALREADY_SIGNALLED", account });
  const { own, delegate, received } = powerAt(draft, account, record.snapshotAt);
  const power = received + (delegate === null ? own : 0n);
  if (power === 0n) return reject({ code: "NO_VOTING_POWER", account, snapshotAt: record.snapshotAt });
  draft.set("signals", key, { power });
  return power;
}
