export { portableScheme } from "./crypto/portableScheme.ts";
export {
  PUBLIC_KEY_BYTES,
  SIGNATURE_BYTES,
  type SignatureScheme,
} from "./crypto/signatureScheme.ts";
export {
  type AccountKey,
  accountKeyFromMnemonic,
  accountKeyOf,
} from "./keys/accountKey.ts";
export { accountOf, formatAddress, parseAddress } from "./keys/address.ts";
export { type AncestorKey, ancestorKeyFromToken, ancestorTokenOf, isAncestorToken } from "./keys/ancestorWallet.ts";
export {
  describeMnemonicProblem,
  type Mnemonic,
  type MnemonicProblem,
  mnemonicFromEntropy,
  readMnemonic,
} from "./keys/mnemonic.ts";
export { createAncestorProposal } from "./nep/ancestor/createAncestorProposal.ts";
export { type AncestorMetadata, fromDocument } from "./nep/ancestor/fromDocument.ts";
export { legacyHash } from "./nep/ancestor/legacyHash.ts";
export {
  type AncestorProposal,
  isVotingActive,
  summarize,
} from "./nep/ancestor/proposal.ts";
export { readProposal } from "./nep/ancestor/readProposal.ts";
export { toDocument } from "./nep/ancestor/toDocument.ts";
export { jsonFloat, jsonInteger } from "./nep/ancestor/typedJson.ts";
export { writeProposal } from "./nep/ancestor/writeProposal.ts";
export { describeImpact, describeImpactLegacy, isNeutral, isNeutralLegacy } from "./nep/describeImpact.ts";
export { NEUTRAL_IMPACT } from "./nep/fields.ts";
export { type AccountId, type Amount, DIGEST_BYTES, type Digest } from "./types/identifiers.ts";
