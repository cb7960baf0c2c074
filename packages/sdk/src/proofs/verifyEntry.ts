/** Whether what a node says of an entry of the state follows from a header that the network's sequencer has signed. */
import {
  decode,
  type EntryOf,
  type Header,
  hexToBytes,
  portableScheme,
  type SignatureScheme,
  type StateProof,
  signedHeader as signedHeaderCodec,
  type TableName,
  type TrustedNetwork,
  verifySignedHeader,
  verifyStateProof,
} from "@neuroshard/protocol";
import type { StateProofView } from "../api/schemas/proofViews.ts";

export interface EntryQuestion<T extends TableName> {
  readonly table: T;
  readonly key: string;
  /** From a genesis that did not come from the node that is being checked. */
  readonly network: TrustedNetwork;
  readonly scheme?: SignatureScheme;
}

/** `value`: null where the entry does not exist. */
export type VerifiedEntry<T extends TableName> =
  | { readonly ok: true; readonly header: Header; readonly value: EntryOf<T> | null }
  | { readonly ok: false; readonly reason: string };

/** Never throws, whatever the node has sent. */
export function verifyEntry<T extends TableName>(
  { proof, signedHeader }: StateProofView,
  { table, key, network, scheme = portableScheme }: EntryQuestion<T>,
): VerifiedEntry<T> {
  const header = decode(signedHeaderCodec, hexToBytes(signedHeader));
  if (!header.ok) return { ok: false, reason: "there is no header" };
  const fault = verifySignedHeader(header.value, network, scheme);
  if (fault !== undefined) return { ok: false, reason: `the header is not the network's (${fault.code})` };
  if (proof.table !== table || proof.key !== key) return { ok: false, reason: "the proof is of another entry" };
  const { stateRoot } = header.value.header;
  const { leaf, siblings } = proof.entryProof;
  const full: StateProof<T> = { ...proof, table, entryProof: { siblings, leaf: leaf ?? undefined } };
  const verdict = verifyStateProof(stateRoot, full);
  if (verdict.kind === "invalid") return { ok: false, reason: "the proof does not lead to the header's state root" };
  return { ok: true, header: header.value.header, value: verdict.kind === "present" ? verdict.value : null };
}
