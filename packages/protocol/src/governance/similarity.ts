/** What a proposal wants, without its author and its prose: the same may not be voted on again and again. */
import { encode } from "../codec/codec.ts";
import { list, struct } from "../codec/composites.ts";
import { text } from "../codec/primitives.ts";
import { taggedDigest } from "../crypto/hash.ts";
import { changeValue, type NepDocument, nepType } from "../nep/document.ts";
import type { Digest } from "../types/identifiers.ts";

const substance = struct({
  nepType,
  changes: list(struct({ module: text(64), parameter: text(64), newValue: changeValue }), 64),
  /** Decides where no parameter changes. */
  specification: text(65_536),
});

export function substanceOf({ nepType: type, parameterChanges, specification }: NepDocument): Digest {
  const changes = parameterChanges
    .map(({ module, parameter, newValue }) => ({ module, parameter, newValue }))
    .sort((a, b) => (`${a.module}.${a.parameter}` < `${b.module}.${b.parameter}` ? -1 : 1));
  const value = { nepType: type, changes, specification: changes.length === 0 ? specification : "" };
  return taggedDigest("similar-nep", encode(substance, value));
}
