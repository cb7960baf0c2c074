/**
 * `applyBlock(state, block)`: what every follower, auditor and replaying node does. The header is checked before any work
 * (place in the chain, proposer, signature, transaction root) and after it (receipts, state). Spec: spec/state.md#S5.
 */
import { bytesToHex } from "../crypto/hash.ts";
import { listRoot } from "../merkle/merkleList.ts";
import { paramsAt } from "../params/paramsOfState.ts";
import type { State } from "../state/state.ts";
import type { Block } from "../types/block.ts";
import { type Header, headerHash } from "../types/header.ts";
import type { Digest } from "../types/identifiers.ts";
import { blockLimits } from "./blockLimits.ts";
import { type ExecutedBlock, type ExecuteOptions, executeBlock } from "./executeBlock.ts";
import { receiptRoot } from "./receipts.ts";

export interface BlockFault {
  readonly code:
    | "BLOCK_WRONG_NETWORK"
    | "BLOCK_WRONG_HEIGHT"
    | "BLOCK_WRONG_PARENT"
    | "BLOCK_WRONG_PROPOSER"
    | "BLOCK_BAD_SIGNATURE"
    | "BLOCK_WRONG_TRANSACTIONS"
    | "BLOCK_TOO_LARGE"
    | "BLOCK_WRONG_RECEIPTS"
    | "BLOCK_WRONG_STATE";
  readonly height: number;
  readonly expected: string;
  readonly actual: string;
}

export type AppliedBlock = ({ readonly ok: true } & ExecutedBlock) | { readonly ok: false; readonly fault: BlockFault };

/** `parent`: hash of the header that `before` belongs to, the network id at the start. */
export function applyBlock(before: State, parent: Digest, block: Block, options: ExecuteOptions): AppliedBlock {
  const fault = faultBefore(before, parent, block, options);
  if (fault !== undefined) return { ok: false, fault };
  const executed = executeBlock(before, { parent, transactions: block.transactions }, options);
  const after = sizeFault(block, executed.state) ?? faultAfter(block.signedHeader.header, executed);
  return after === undefined ? { ok: true, ...executed } : { ok: false, fault: after };
}

type Expectation = readonly [code: BlockFault["code"], expected: string, actual: string];

function faultBefore(before: State, parent: Digest, block: Block, { scheme }: ExecuteOptions): BlockFault | undefined {
  const { header, signature } = block.signedHeader;
  const { network, head } = before.cells;
  const fault = firstFault(header.height, [
    ["BLOCK_WRONG_NETWORK", network.networkId, header.networkId],
    ["BLOCK_WRONG_HEIGHT", String(head.height + 1), String(header.height)],
    ["BLOCK_WRONG_PARENT", parent, header.parent],
    ["BLOCK_WRONG_PROPOSER", bytesToHex(network.sequencer), bytesToHex(header.proposer)],
    ["BLOCK_WRONG_TRANSACTIONS", String(block.transactions.length), String(header.transactionCount)],
    ["BLOCK_WRONG_TRANSACTIONS", bytesToHex(listRoot(block.transactions)), header.transactionRoot],
  ]);
  if (fault !== undefined || scheme.verify(headerHash(header), signature, header.proposer)) return fault;
  return {
    code: "BLOCK_BAD_SIGNATURE",
    height: header.height,
    expected: "a signature of its proposer",
    actual: "another",
  };
}

/** By the limits of this very block, which a proposal that activates in it may have moved. */
function sizeFault({ signedHeader, transactions }: Block, after: State): BlockFault | undefined {
  const { height } = signedHeader.header;
  const { mostTransactions, mostBytes } = blockLimits(paramsAt(after, height));
  const bytes = transactions.reduce((sum, { length }) => sum + length, 0);
  if (transactions.length <= mostTransactions && bytes <= mostBytes) return undefined;
  const expected = `at most ${mostTransactions} transactions of ${mostBytes} bytes`;
  return { code: "BLOCK_TOO_LARGE", height, expected, actual: `${transactions.length} of ${bytes}` };
}

function faultAfter(header: Header, { receipts, stateRoot }: ExecutedBlock): BlockFault | undefined {
  return firstFault(header.height, [
    ["BLOCK_WRONG_RECEIPTS", receiptRoot(receipts), header.receiptRoot],
    ["BLOCK_WRONG_STATE", stateRoot, header.stateRoot],
  ]);
}

function firstFault(height: number, expectations: readonly Expectation[]): BlockFault | undefined {
  const failed = expectations.find(([, expected, actual]) => expected !== actual);
  if (failed === undefined) return undefined;
  const [code, expected, actual] = failed;
  return { code, height, expected, actual };
}
