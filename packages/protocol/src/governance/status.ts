/** The status of a proposal: follows from its record and the height, set by nobody. spec/governance.md#G2 */
import type { NepRecord } from "../nep/record.ts";
import type { NepStatus } from "../nep/statuses.ts";

/** After the block of that height. */
export function statusOf({ stage, snapshotAt }: NepRecord, height: number): NepStatus {
  switch (stage.kind) {
    case "pending":
      return height < snapshotAt ? "review" : "voting";
    case "passed":
      return stage.isLockedIn ? "scheduled" : "approved";
    case "active":
      return "active";
    case "ended":
      return stage.as;
    default:
      return stage satisfies never;
  }
}
