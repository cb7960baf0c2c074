/** How many proposals are neither in force nor over. */
import { type State, statusOf } from "@neuroshard/protocol";

export function countUndecidedNeps({ cells, tables }: State): number {
  const { height } = cells.head;
  return cells.openNeps.open.filter(({ nepId }) => {
    const record = tables.neps.get(nepId);
    // Those in force wait in the same list until they can no longer be rolled back.
    return record !== undefined && statusOf(record, height) !== "active";
  }).length;
}
