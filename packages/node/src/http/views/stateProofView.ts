/** Proofs of entries as the contract writes them. */
import { bytesToHex, encode, isKeyOf, signedHeader as signedHeaderCodec, type TableName } from "@neuroshard/protocol";
import type { StateProofView } from "@neuroshard/sdk/api";
import type { Chain } from "../../chain/chain.ts";
import { notFound, refused } from "../httpFault.ts";

export function stateProofView(chain: Chain, table: TableName, key: string): StateProofView {
  if (!isKeyOf(table, key)) throw refused("BAD_REQUEST", { path: "path.key", reason: `is no key of table ${table}` });
  const proven = chain.proof(table, key);
  if (proven === undefined) throw notFound("block yet, so nothing can be proven");
  const { signedHeader, proof } = proven;
  const { tableRoot, tableProof, entryProof } = proof;
  return {
    height: signedHeader.header.height,
    signedHeader: bytesToHex(encode(signedHeaderCodec, signedHeader)),
    proof: {
      ...{ table, key, tableRoot },
      tableProof: { ...tableProof, siblings: [...tableProof.siblings] },
      entryProof: { siblings: [...entryProof.siblings], leaf: entryProof.leaf ?? null },
    },
  };
}
