/** Makes a draft as the ancestor made it: times, hash and a provisional id filled in. */
import { legacyHash } from "./legacyHash.ts";
import { isZero } from "./numbers.ts";
import { ANCESTOR_DEFAULTS, type AncestorProposal } from "./proposal.ts";
import type { JsonNumber } from "./typedJson.ts";

type Required = "title" | "nepType" | "abstract" | "motivation" | "specification" | "authorNodeId";
type Given = Pick<AncestorProposal, Required> & Partial<Omit<AncestorProposal, Required | "nepId" | "contentHash">>;

/** A draft. Unlike the ancestor's, it also takes an upgrade path, code changes and thresholds. */
export function createAncestorProposal(given: Given, nowSeconds: JsonNumber): AncestorProposal {
  const proposal = completed({ ...ANCESTOR_DEFAULTS, ...given }, nowSeconds);
  return { ...proposal, nepId: `NEP-DRAFT-${proposal.contentHash.slice(0, 8)}` };
}

/** Fills in the times and the hash where they are missing, as the ancestor did whenever it built a proposal. */
function completed(proposal: AncestorProposal, nowSeconds: JsonNumber): AncestorProposal {
  const createdAt = isZero(proposal.createdAt) ? nowSeconds : proposal.createdAt;
  const updatedAt = isZero(proposal.updatedAt) ? createdAt : proposal.updatedAt;
  return { ...proposal, createdAt, updatedAt, contentHash: proposal.contentHash || legacyHash(proposal) };
}
