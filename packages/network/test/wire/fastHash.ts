/** SHA-256 of the machine, as nodes use it. */
import { createHash } from "node:crypto";
import type { HashParts } from "@neuroshard/protocol";

export const fastHash: HashParts = (parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
