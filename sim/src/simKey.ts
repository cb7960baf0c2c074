/** Keys of simulated people and devices: from their names, so that a run can be repeated. */
import { type AccountKey, accountKeyOf, sha256 } from "@neuroshard/protocol";

export function simKey(name: string): AccountKey {
  return accountKeyOf(sha256(new TextEncoder().encode(name)));
}
