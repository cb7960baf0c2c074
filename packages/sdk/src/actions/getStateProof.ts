/** Proof of an entry of the state, or of its absence; `verifyEntry` checks it. */
import type { TableName } from "@neuroshard/protocol";
import type { StateProofView } from "../api/schemas/proofViews.ts";
import type { CallOptions, Client } from "../client.ts";

interface EntryName {
  readonly table: TableName;
  /** As the table has it: accounts as 40 hexadecimal digits, parameters as `module.PARAMETER`. */
  readonly key: string;
}

export function getStateProof(client: Client, entry: EntryName, options?: CallOptions): Promise<StateProofView> {
  return client.request("getStateProof", { params: entry, query: {} }, options);
}
