/** SHA-256, hexadecimal, of all weights: little-endian float32 bytes in canonical order. Equal digests, equal models. */
import { createHash } from "node:crypto";
import type { ParameterStore } from "@neuroshard/model";

export function weightsDigest(store: ParameterStore): string {
  const hash = createHash("sha256");
  for (const spec of store.specs) {
    const { buffer, byteOffset, byteLength } = store.values("weights", spec);
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest("hex");
}
