/** What is said of a snapshot before it is fetched: the header of its state, and the digest of each of its chunks. */
import type { ValueOf } from "../codec/codec.ts";
import { list, struct } from "../codec/composites.ts";
import { signedHeader } from "../types/header.ts";
import { digest } from "../types/identifiers.ts";

/** At a mebibyte each, more than any machine holds. */
const MOST_CHUNKS = 65_536;

/** The digests are SHA-256 and let a wrong chunk be found at once; only the header's signature and root are evidence. */
export const snapshotManifest = struct({ signedHeader, chunks: list(digest, MOST_CHUNKS) });
export type SnapshotManifest = ValueOf<typeof snapshotManifest>;
