/** Merkle tree over a list, as in RFC 6962 section 2.1: the root of transactions, of receipts, and of the parts of a state. */
import { bytesToHex, hexToBytes, sha256 } from "../crypto/hash.ts";
import { branchHash } from "./merkleMap.ts";

/** The way from one item to the root of its list. Hashes are hexadecimal, from the item up. */
export interface ListProof {
  readonly index: number;
  readonly size: number;
  readonly siblings: readonly string[];
}

export function listRoot(items: readonly Uint8Array[]): Uint8Array {
  return rootOfHashes(items.map(itemHash));
}

/** The root of the list whose items have these leaf hashes. */
export function rootOfHashes(hashes: readonly Uint8Array[]): Uint8Array {
  return hashes.length === 0 ? sha256(new Uint8Array(0)) : rootOf(hashes);
}

export function proveItem(items: readonly Uint8Array[], index: number): ListProof {
  return { index, size: items.length, siblings: wayUp(items.map(itemHash), index).map(bytesToHex) };
}

/** `root`: hexadecimal. Never throws, whatever the proof is. RFC 9162 section 2.1.3.2. */
export function verifyItem(root: string, item: Uint8Array, { index, size, siblings }: ListProof): boolean {
  if (
    !(Number.isSafeInteger(index) && index >= 0 && index < size) ||
    !siblings.every((hash) => /^[0-9a-f]{64}$/.test(hash))
  ) {
    return false;
  }
  let hash = itemHash(item);
  let node = index;
  let last = size - 1;
  for (const sibling of siblings.map(hexToBytes)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = branchHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      hash = branchHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && bytesToHex(hash) === root;
}

function itemHash(item: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + item.length);
  input.set(item, 1);
  return sha256(input);
}

function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 1) return hashes[0]!;
  const half = largestPowerBelow(hashes.length);
  return branchHash(rootOf(hashes.slice(0, half)), rootOf(hashes.slice(half)));
}

function wayUp(hashes: readonly Uint8Array[], index: number): Uint8Array[] {
  if (hashes.length === 1) return [];
  const half = largestPowerBelow(hashes.length);
  const left = hashes.slice(0, half);
  const right = hashes.slice(half);
  return index < half ? [...wayUp(left, index), rootOf(right)] : [...wayUp(right, index - half), rootOf(left)];
}

/** The largest power of two that is smaller than `size`, for `size` of at least 2. */
function largestPowerBelow(size: number): number {
  let power = 1;
  while (2 * power < size) power *= 2;
  return power;
}
