/** Checks that a map with a given root holds a value under a key, or that it holds nothing there. Spec: spec/state.md#S3. */
import { bytesToHex, hexToBytes } from "../crypto/hash.ts";
import { branchHash, leafHash, type MapProof } from "./merkleMap.ts";

const MOST_SIBLINGS = 256;
const HASH = /^[0-9a-f]{64}$/;
/** An account, a digest, or a key of a device. */
const PATH = /^([0-9a-f]{2}){20,33}$/;
const HEX = /^([0-9a-f]{2})*$/;

/** `value`: the encoded value, hexadecimal. `invalid`: the proof does not lead to this root. */
export type ProofVerdict =
  | { readonly kind: "present"; readonly value: string }
  | { readonly kind: "absent" }
  | { readonly kind: "invalid" };

const INVALID: ProofVerdict = { kind: "invalid" };

/** Never throws, whatever the proof is. `root`: hexadecimal. `path`: where the key stands, `pathOf(key, shape)`. */
export function verifyMapProof(root: string, path: string, proof: MapProof): ProofVerdict {
  if (!isWellFormed(path, proof)) return INVALID;
  const { siblings, leaf } = proof;
  let hash = leaf === undefined ? new Uint8Array(32) : leafHash(leaf.path, hexToBytes(leaf.value));
  for (let depth = siblings.length - 1; depth >= 0; depth--) {
    const sibling = hexToBytes(siblings[depth]!);
    hash = isRight(path, depth) ? branchHash(sibling, hash) : branchHash(hash, sibling);
  }
  if (bytesToHex(hash) !== root) return INVALID;
  if (leaf?.path === path) return { kind: "present", value: leaf.value };
  // Another entry only proves absence where the key itself would stand: its path must agree as far as the way goes.
  const isOnTheWay =
    leaf === undefined || siblings.every((_, depth) => isRight(leaf.path, depth) === isRight(path, depth));
  return isOnTheWay ? { kind: "absent" } : INVALID;
}

function isWellFormed(path: string, { siblings, leaf }: MapProof): boolean {
  if (!PATH.test(path) || siblings.length > Math.min(MOST_SIBLINGS, 4 * path.length)) return false;
  if (!siblings.every((hash) => HASH.test(hash))) return false;
  if (leaf === undefined) return true;
  // A leaf hashes its path and its value in one: with a longer path, a present entry would look like another one.
  return HEX.test(leaf.path) && leaf.path.length === path.length && HEX.test(leaf.value);
}

function isRight(path: string, depth: number): boolean {
  return ((Number.parseInt(path[depth >> 2]!, 16) >> (3 - (depth & 3))) & 1) === 1;
}
