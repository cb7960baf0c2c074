/** What a light client has to know before it can check anything: the genesis, from a source that it trusts. */
import { decode, genesis, hexToBytes, networkIdOf, type TrustedNetwork } from "@neuroshard/protocol";
import type { GenesisView } from "../api/schemas/chainViews.ts";

/** Undefined where the bytes are not the genesis of network `networkId`. With a known id any node may send them. */
export function trustedNetworkOf({ bytes }: GenesisView, networkId: string): TrustedNetwork | undefined {
  const decoded = decode(genesis, hexToBytes(bytes));
  if (!decoded.ok) return undefined;
  const actual = networkIdOf(decoded.value);
  return actual === networkId ? { networkId: actual, sequencer: decoded.value.sequencer } : undefined;
}
