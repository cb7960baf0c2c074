/**
 * A wallet on disk: one JSON file that only its owner can read, written once and never replaced. The key is not kept but
 * comes out of the words each time, and the address beside them tells whether the file is still what was written.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type AccountKey, formatAddress, mnemonicFromEntropy } from "@neuroshard/protocol";
import { writeFault } from "../data/fileFault.ts";
import { temporarySuffix, writeFileAtomically } from "../data/writeFileAtomically.ts";
import { NodeError } from "../nodeError.ts";
import { readSecretFile } from "./readSecretFile.ts";
import { Secret } from "./secret.ts";
import { type Derivation, readWalletSecret, type WalletSecret } from "./walletSecret.ts";

export interface Wallet {
  readonly path: string;
  readonly address: string;
  /** Compressed, 66 hexadecimal digits. */
  readonly publicKey: string;
  readonly derivation: Derivation;
  /** How the Python NeuroShard called the account; only of a wallet that comes from there. */
  readonly ancestorNodeId?: string;
  readonly key: Secret<AccountKey>;
}

export interface NewWallet extends Wallet {
  readonly words: Secret<string>;
}

export interface RecoverySource {
  /** Words, or a token of the ancestor. */
  readonly phrase: Secret<string>;
  readonly derivation: Derivation;
}

interface WalletContent {
  readonly format: 1;
  readonly address: string;
  readonly derivation: Derivation;
  readonly secret: string;
}

const FORMAT = 1;
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
const ENTROPY_BYTES = { 12: 16, 24: 32 } as const;

/** A new account from the randomness of the system. Throws NodeError EXISTS, and DataError CANNOT_WRITE. */
export async function createWallet(path: string, { words = 24 }: { words?: 12 | 24 } = {}): Promise<NewWallet> {
  const mnemonic = mnemonicFromEntropy(randomBytes(ENTROPY_BYTES[words]));
  const wallet = await store(path, readWalletSecret(mnemonic, "bip32"), "bip32");
  return { ...wallet, words: new Secret(mnemonic) };
}

/** Throws NodeError BAD_PHRASE before anything is written, EXISTS, and DataError CANNOT_WRITE. */
export async function recoverWallet(path: string, { phrase, derivation }: RecoverySource): Promise<Wallet> {
  return await store(path, readWalletSecret(phrase.reveal(), derivation), derivation);
}

/** Throws NodeError DAMAGED_WALLET, and what `readSecretFile` throws. */
export async function readWallet(path: string): Promise<Wallet> {
  const text = await readSecretFile(path);
  const content = readContent(text.reveal());
  if (content === undefined) throw damaged(path);
  const { key } = readStoredSecret(content, path);
  if (formatAddress(key.account) !== content.address) throw damaged(path);
  return walletOf(path, key, content.derivation);
}

async function store(path: string, { text, key }: WalletSecret, derivation: Derivation): Promise<Wallet> {
  await makeFolder(dirname(path));
  refuseExisting(path);
  const wallet = walletOf(path, key, derivation);
  const content: WalletContent = { format: FORMAT, address: wallet.address, derivation, secret: text };
  await writeFileAtomically(path, `${JSON.stringify(content, null, 2)}\n`, { mode: FILE_MODE, isNew: true });
  return wallet;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  } catch (error) {
    throw writeFault(error, folder);
  }
}

/** For the sake of the message; that nothing is replaced is certain only while the file is written. */
function refuseExisting(path: string): void {
  if (existsSync(path))
    throw new NodeError("EXISTS", `${path} exists and may hold the only key to its account; choose another name`);
  const unfinished = `${path}${temporarySuffix}`;
  if (existsSync(unfinished))
    throw new NodeError("EXISTS", `${unfinished} was left half-written; remove it if no other command is writing it`);
}

function walletOf(path: string, key: WalletSecret["key"], derivation: Derivation): Wallet {
  return {
    path,
    address: formatAddress(key.account),
    publicKey: Buffer.from(key.publicKey).toString("hex"),
    derivation,
    ...("ancestorNodeId" in key && { ancestorNodeId: key.ancestorNodeId }),
    key: new Secret<AccountKey>(key),
  };
}

function readStoredSecret({ secret, derivation }: WalletContent, path: string): WalletSecret {
  try {
    return readWalletSecret(secret, derivation);
  } catch (error) {
    if (error instanceof NodeError) throw damaged(path);
    throw error;
  }
}

/** Undefined for what no wallet looks like. The parser's message is dropped: it would quote the file. */
function readContent(text: string): WalletContent | undefined {
  let content: Partial<Record<keyof WalletContent, unknown>> | null;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (content === null || typeof content !== "object" || content.format !== FORMAT) return undefined;
  const { address, derivation, secret } = content;
  if (typeof address !== "string" || typeof secret !== "string") return undefined;
  if (derivation !== "bip32" && derivation !== "ancestor") return undefined;
  return { format: FORMAT, address, derivation, secret };
}

function damaged(path: string): NodeError {
  return new NodeError("DAMAGED_WALLET", `${path} is damaged; recover the wallet from its words under another name`);
}
