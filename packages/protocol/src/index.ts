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
export { ACCOUNT_BYTES, type AccountId, type Amount, DIGEST_BYTES, type Digest } from "./types/identifiers.ts";
