/**
 * What a proposal wants, without its author and its prose: the same may not be voted on again and again. What was refused
 * as an emergency may still be proposed in the ordinary way, and the reverse, which is harder.
 */
import { encode } from "../codec/codec.ts";
import { list, optional, struct } from "../codec/composites.ts";
import { bool, text } from "../codec/primitives.ts";
import { taggedDigest } from "../crypto/hash.ts";
import { codeChange, type NepDocument } from "../nep/document.ts";
import type { AppliedChange } from "../nep/record.ts";
import { paramValue } from "../params/value.ts";
import { type Digest, digest } from "../types/identifiers.ts";

const substance = struct({
  isEmergency: bool,
  changes: list(struct({ key: text(128), newValue: paramValue }), 64),
  /** Decides where no parameter changes. */
  rest: optional(
    struct({
      specification: text(65_536),
      codeChanges: list(codeChange, 64),
      supersedes: list(digest, 16),
      ratifies: optional(digest),
    }),
  ),
});

/** `changes`: the document's, with values as the registry has them. */
export function substanceOf(document: NepDocument, changes: readonly AppliedChange[]): Digest {
  const { nepType, specification, codeChanges, supersedes, ratifies } = document;
  const sorted = changes.map(({ key, newValue }) => ({ key, newValue })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const rest = sorted.length > 0 ? null : { specification, codeChanges, supersedes, ratifies };
  return taggedDigest(
    "similar-nep",
    encode(substance, { isEmergency: nepType === "emergency", changes: sorted, rest }),
  );
}
