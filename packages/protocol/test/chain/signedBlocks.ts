/** Blocks and headers as a sequencer signs them. */
import { bytesToHex } from "../../src/crypto/hash.ts";
import { portableScheme } from "../../src/crypto/portableScheme.ts";
import { listRoot } from "../../src/merkle/merkleList.ts";
import type { State } from "../../src/state/state.ts";
import { executeBlock } from "../../src/transition/executeBlock.ts";
import { receiptRoot } from "../../src/transition/receipts.ts";
import type { Block } from "../../src/types/block.ts";
import { type Header, headerHash, type SignedHeader } from "../../src/types/header.ts";
import type { Digest } from "../../src/types/identifiers.ts";
import { type Person, person, rememberingScheme } from "./testChain.ts";

const NO_DIGEST = "00".repeat(32) as Digest;

/** A header that this person signed; what is not given is zero. */
export function signedHeaderOf({ key }: Person, given: Partial<Header>): SignedHeader {
  const header: Header = {
    networkId: NO_DIGEST,
    height: 0,
    parent: NO_DIGEST,
    timeMs: 0,
    transactionCount: 0,
    transactionRoot: NO_DIGEST,
    receiptRoot: NO_DIGEST,
    stateRoot: NO_DIGEST,
    proposer: key.publicKey,
    ...given,
  };
  return { header, signature: portableScheme.sign(headerHash(header), key.privateKey) };
}

/** The sequencer's block of these transactions after `before`. */
export function signedBlockOf(before: State, parent: Digest, transactions: readonly Uint8Array[]): Block {
  const { receipts, stateRoot } = executeBlock(before, { parent, transactions }, { scheme: rememberingScheme });
  const height = before.cells.head.height + 1;
  const signedHeader = signedHeaderOf(person("sequencer"), {
    networkId: before.cells.network.networkId,
    height,
    parent,
    timeMs: 1000 * height,
    transactionCount: transactions.length,
    transactionRoot: bytesToHex(listRoot(transactions)) as Digest,
    receiptRoot: receiptRoot(receipts),
    stateRoot,
  });
  return { signedHeader, transactions };
}
