/**
 * The ancestor's content hash, kept so that its proposals can be recognised: 128 bits over eight members, with neither
 * author nor thresholds in it. Here it identifies nothing; `nepIdOf` covers everything that binds.
 */
import { bytesToHex, sha256 } from "../../crypto/hash.ts";
import type { AncestorProposal } from "./proposal.ts";
import { sortedPythonJson } from "./pythonJson.ts";
import { legacyMembers } from "./writeProposal.ts";

const HASH_CHARACTERS = 32;

export function legacyHash(proposal: AncestorProposal): string {
  const json = sortedPythonJson({ kind: "object", members: legacyMembers(proposal) });
  return bytesToHex(sha256(new TextEncoder().encode(json))).slice(0, HASH_CHARACTERS);
}
