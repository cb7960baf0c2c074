/**
 * A persistent map with a Merkle root: a binary tree over 0/1 paths in which a subtree with one entry is that entry.
 * Changing k of n entries makes O(k log n) new nodes and hashes; earlier versions stay as they were and share the rest.
 * Two maps with the same entries have the same root, in whatever order they were filled. Spec: spec/state.md#S1.
 *
 * Leaf: SHA-256(0 || path || value). Branch: SHA-256(1 || left || right). Nothing: 32 zero bytes.
 */
import { type Codec, encode } from "../codec/codec.ts";
import { bytesToHex, hexToBytes, sha256 } from "../crypto/hash.ts";

interface Leaf<V> {
  readonly key: string;
  /** Hexadecimal; the tree branches on its bits, most significant first. */
  readonly path: string;
  readonly value: V;
  hash: Uint8Array | undefined;
}

interface Branch<V> {
  readonly left: Node<V>;
  readonly right: Node<V>;
  hash: Uint8Array | undefined;
}

type Node<V> = Leaf<V> | Branch<V> | undefined;

/** `undefined` removes the key. */
interface Change<V> {
  readonly key: string;
  readonly path: string;
  readonly value: V | undefined;
}

export interface MapShape<V> {
  readonly value: Codec<V>;
  /** `direct`: keys are hexadecimal, of one length, and spread evenly (hashes). `hashed`: any text. */
  readonly path: "direct" | "hashed";
}

/** The way from the root to where a key is, or would be. All bytes are hexadecimal; `value` is the encoded value. */
export interface MapProof {
  /** Beside the way, from the root down. */
  readonly siblings: readonly string[];
  /** What stands at the end; `undefined` where nothing does. */
  readonly leaf: { readonly path: string; readonly value: string } | undefined;
}

const EMPTY_HASH = new Uint8Array(32);
const LEAF_TAG = 0;
const BRANCH_TAG = 1;

export class MerkleMap<V> {
  readonly #shape: MapShape<V>;
  readonly #root: Node<V>;
  readonly size: number;

  private constructor(shape: MapShape<V>, root: Node<V>, size: number) {
    this.#shape = shape;
    this.#root = root;
    this.size = size;
  }

  static empty<V>(shape: MapShape<V>): MerkleMap<V> {
    return new MerkleMap(shape, undefined, 0);
  }

  get(key: string): V | undefined {
    const path = pathOf(key, this.#shape.path);
    let node = this.#root;
    for (let depth = 0; node !== undefined; depth++) {
      if ("path" in node) return node.path === path ? node.value : undefined;
      node = bitAt(path, depth) === 0 ? node.left : node.right;
    }
    return undefined;
  }

  /** The map with these entries set, or removed where the value is `undefined`. */
  with(entries: Iterable<readonly [key: string, value: V | undefined]>): MerkleMap<V> {
    const changes = Array.from(entries, ([key, value]) => ({ key, path: pathOf(key, this.#shape.path), value }));
    if (changes.length === 0) return this;
    changes.sort((a, b) => (a.path < b.path ? -1 : 1));
    const change = new TreeChange(changes);
    const root = change.apply(this.#root, { from: 0, to: changes.length }, 0);
    return new MerkleMap(this.#shape, root, this.size + change.grown);
  }

  /** 32 bytes. */
  root(): Uint8Array {
    return hashOf(this.#root, this.#shape.value);
  }

  /** In the order of the paths, which is the same for equal maps. */
  *entries(): Generator<readonly [key: string, value: V]> {
    const waiting: Node<V>[] = [this.#root];
    while (waiting.length > 0) {
      const node = waiting.pop();
      if (node === undefined) continue;
      if ("path" in node) yield [node.key, node.value];
      else waiting.push(node.right, node.left);
    }
  }

  prove(key: string): MapProof {
    const { value } = this.#shape;
    const path = pathOf(key, this.#shape.path);
    const siblings: string[] = [];
    let node = this.#root;
    for (let depth = 0; node !== undefined && !("path" in node); depth++) {
      const [next, sibling]: [Node<V>, Node<V>] =
        bitAt(path, depth) === 0 ? [node.left, node.right] : [node.right, node.left];
      siblings.push(bytesToHex(hashOf(sibling, value)));
      node = next;
    }
    const leaf = node && { path: node.path, value: bytesToHex(encode(value, node.value)) };
    return { siblings, leaf };
  }
}

/** Where the entry `key` stands in every map of this shape. */
export function pathOf(key: string, path: "direct" | "hashed"): string {
  return path === "direct" ? key : bytesToHex(sha256(new TextEncoder().encode(key)));
}

function bitAt(path: string, depth: number): 0 | 1 {
  const code = path.charCodeAt(depth >> 2);
  const nibble = code < 58 ? code - 48 : code - 87;
  return ((nibble >> (3 - (depth & 3))) & 1) as 0 | 1;
}

function hashOf<V>(node: Node<V>, codec: Codec<V>): Uint8Array {
  if (node === undefined) return EMPTY_HASH;
  if (node.hash === undefined) {
    node.hash =
      "path" in node
        ? leafHash(node.path, encode(codec, node.value))
        : branchHash(hashOf(node.left, codec), hashOf(node.right, codec));
  }
  return node.hash;
}

export function leafHash(path: string, value: Uint8Array): Uint8Array {
  const pathBytes = hexToBytes(path);
  const input = new Uint8Array(1 + pathBytes.length + value.length);
  input[0] = LEAF_TAG;
  input.set(pathBytes, 1);
  input.set(value, 1 + pathBytes.length);
  return sha256(input);
}

/** Reused: hashing branches is the larger part of the work on a state. */
const branchInput = new Uint8Array(65).fill(BRANCH_TAG);

export function branchHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  branchInput.set(left, 1);
  branchInput.set(right, 33);
  return sha256(branchInput);
}

/** One batch of changes on its way down the tree. */
class TreeChange<V> {
  readonly #changes: readonly Change<V>[];
  /** Entries added less entries removed. */
  grown = 0;

  /** `changes` in ascending order of their paths, each path once. */
  constructor(changes: readonly Change<V>[]) {
    this.#changes = changes;
  }

  apply(node: Node<V>, { from, to }: Range, depth: number): Node<V> {
    if (from === to) return node;
    if (node === undefined || "path" in node) return this.#rebuild(node, { from, to }, depth);
    const middle = firstOne(this.#changes, { from, to }, depth);
    const left = this.apply(node.left, { from, to: middle }, depth + 1);
    const right = this.apply(node.right, { from: middle, to }, depth + 1);
    return joined(left, right);
  }

  /** In place of nothing or of one entry: what the changes leave. */
  #rebuild(old: Leaf<V> | undefined, { from, to }: Range, depth: number): Node<V> {
    const leaves: Leaf<V>[] = [];
    let kept = old;
    for (const { key, path, value } of this.#changes.slice(from, to)) {
      if (kept !== undefined && kept.path <= path) {
        if (kept.path < path) leaves.push(kept);
        kept = undefined;
      }
      if (value !== undefined) leaves.push({ key, path, value, hash: undefined });
    }
    if (kept !== undefined) leaves.push(kept);
    this.grown += leaves.length - (old === undefined ? 0 : 1);
    return build(leaves, { from: 0, to: leaves.length }, depth);
  }
}

interface Range {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Index of the first item of the range whose path has a 1 at `depth`. */
function firstOne(sorted: readonly { readonly path: string }[], { from, to }: Range, depth: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bitAt(sorted[middle]!.path, depth) === 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function build<V>(leaves: readonly Leaf<V>[], { from, to }: Range, depth: number): Node<V> {
  if (from === to) return undefined;
  if (to - from === 1) return leaves[from];
  const middle = firstOne(leaves, { from, to }, depth);
  const left = build(leaves, { from, to: middle }, depth + 1);
  const right = build(leaves, { from: middle, to }, depth + 1);
  return { left, right, hash: undefined };
}

/** A branch with at most one entry below it is that entry, or nothing. */
function joined<V>(left: Node<V>, right: Node<V>): Node<V> {
  if (left === undefined && (right === undefined || "path" in right)) return right;
  if (right === undefined && left !== undefined && "path" in left) return left;
  return { left, right, hash: undefined };
}
