/** The newest state of a home, read beside a node that may be running on it. */
import { type Genesis, type State, stateRoot } from "@neuroshard/protocol";
import { chainPath, readGenesis } from "./homeFiles.ts";
import { ChainStore } from "./store/chainStore.ts";

export interface ReadState {
  readonly genesis: Genesis;
  readonly state: State;
}

/** Throws NodeError NO_NETWORK, BAD_GENESIS, OTHER_NETWORK, NEWER_HOME, DAMAGED_CHAIN or STORE_FAILED. */
export function readState(home: string): ReadState {
  const { genesis, state: first } = readGenesis(home);
  const store = ChainStore.openToRead(chainPath(home), genesis);
  try {
    return { genesis, state: store.newestState(stateRoot(first)) };
  } finally {
    store.close();
  }
}
