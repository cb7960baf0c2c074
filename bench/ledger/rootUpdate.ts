/** What a block costs in a small and in a large state: changes to 1000 accounts, and the new root. */
import { type AccountId, beginBlock, type SignatureScheme, stateRoot } from "@neuroshard/protocol";
import { median } from "../measure/statistics.ts";
import { stateWith, strangerOf } from "./people.ts";

export const CHANGED = 1000;
const BLOCKS = 9;

export interface RootUpdate {
  readonly accounts: number;
  /** Median over blocks, for 1000 changed accounts. */
  readonly milliseconds: number;
}

export function measureRootUpdate(accounts: number, scheme: SignatureScheme): RootUpdate {
  const ids: AccountId[] = Array.from({ length: accounts }, (_, index) => strangerOf(index));
  let state = stateWith(ids, scheme);
  stateRoot(state);
  const times: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const { draft } = beginBlock(state, state.cells.head.parent, scheme);
    for (let change = 0; change < CHANGED; change++) {
      // A stride that shares no factor with the number of accounts: spread evenly, none twice where there are enough.
      const id = ids[(change * 7919 + block * 104_729) % accounts]!;
      draft.set("accounts", id, { balance: BigInt(block + 1), nonce: change });
    }
    const startMs = performance.now();
    state = draft.commit();
    stateRoot(state);
    times.push(performance.now() - startMs);
  }
  return { accounts, milliseconds: median(times) };
}
