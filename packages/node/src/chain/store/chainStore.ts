/**
 * The chain on disk: blocks, receipts, indexes and the state after the last block. A block is one transaction of the
 * database: after a crash all of it is there or nothing. Only this folder knows that the database speaks SQL.
 */
import type { DatabaseSync } from "node:sqlite";
import {
  type AccountId,
  type Block,
  type Digest,
  decode,
  encode,
  type Genesis,
  genesis,
  hexToBytes,
  networkIdOf,
  type Receipt,
  receipt as receiptCodec,
  type SignedHeader,
  type State,
  signedHeader as signedHeaderCodec,
} from "@neuroshard/protocol";
import { NodeError } from "../../nodeError.ts";
import { roundName } from "./eventRounds.ts";
import { loadState } from "./loadState.ts";
import { openDatabase } from "./openDatabase.ts";
import { type Place, placeNumber, placeOf } from "./place.ts";
import { prepareStatements, type Statements } from "./statements.ts";
import { damagedChain, storeFault } from "./storeFault.ts";
import { type StoredBlock, writeBlock } from "./writeBlock.ts";
import { writeState } from "./writeState.ts";

export interface StoredReceipt {
  readonly receipt: Receipt;
  /** Null for what a block did itself. */
  readonly bytes: Uint8Array | null;
}

export interface BlockAndReceipts {
  readonly block: Block;
  readonly receipts: readonly Uint8Array[];
}

export interface HistoryQuery {
  /** Only what happened earlier. */
  readonly before?: Place | undefined;
  readonly limit: number;
}

export class ChainStore {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #genesis: Genesis;

  private constructor(path: string, database: DatabaseSync, content: Genesis) {
    this.path = path;
    this.#database = database;
    this.#statements = prepareStatements(database);
    this.#genesis = content;
  }

  /** A new file begins with `genesisState`. */
  static open(path: string, content: Genesis, genesisState: State): ChainStore {
    const { database, isNew } = openDatabase(path);
    const store = new ChainStore(path, database, content);
    if (isNew || store.#fact("genesis") === undefined) {
      store.#inTransaction("IMMEDIATE", () => {
        store.#statements.setFact.run("genesis", encode(genesis, content));
        writeState(store.#statements, genesisState);
      });
    }
    store.#refuseOtherGenesis();
    return store;
  }

  /** Beside a node that may be running. */
  static openToRead(path: string, content: Genesis): ChainStore {
    const { database } = openDatabase(path, { isReadOnly: true });
    const store = new ChainStore(path, database, content);
    store.#refuseOtherGenesis();
    return store;
  }

  /** Undefined before the first block. */
  lastHeader(): SignedHeader | undefined {
    return this.#headerFrom(this.#run(() => this.#statements.lastHeader.get()));
  }

  /** The lowest height of which there is a header. A chain that began from a snapshot has no blocks up to there. */
  firstHeight(): number {
    const row = this.#run(() => this.#statements.firstHeight.get()) as { height: number | null };
    return row.height ?? 1;
  }

  /** The state after the last block, if its root is this one. Throws NodeError DAMAGED_CHAIN. */
  loadState(root: Digest): State {
    return this.#run(() => loadState(this.#statements, root, this.path));
  }

  /** Whether the stored state is the one that the last header commits to, at one moment of a chain that may be growing. */
  checkState(genesisRoot: Digest): SignedHeader | undefined {
    return this.#inTransaction("DEFERRED", () => {
      const last = this.lastHeader();
      this.loadState(last?.header.stateRoot ?? genesisRoot);
      return last;
    });
  }

  /** At one moment of a chain that may be growing. Throws NodeError DAMAGED_CHAIN. */
  newestState(genesisRoot: Digest): State {
    return this.#inTransaction("DEFERRED", () => this.loadState(this.lastHeader()?.header.stateRoot ?? genesisRoot));
  }

  appendBlock(block: StoredBlock): void {
    this.#inTransaction("IMMEDIATE", () => writeBlock(this.#statements, block));
  }

  /** In place of the state of the genesis. */
  replaceState(signedHeader: SignedHeader, state: State): void {
    this.#inTransaction("IMMEDIATE", () => {
      this.#statements.removeEntries.run();
      writeState(this.#statements, state);
      this.#statements.addBlock.run(signedHeader.header.height, encode(signedHeaderCodec, signedHeader));
    });
  }

  header(height: number): SignedHeader | undefined {
    return this.#headerFrom(this.#run(() => this.#statements.header.get(height)));
  }

  /** Undefined too for blocks before the snapshot that the chain began with. */
  block(height: number): Block | undefined {
    return this.blockAndReceipts(height)?.block;
  }

  /** The receipts as they were stored: encoded, the first of the block itself. */
  blockAndReceipts(height: number): BlockAndReceipts | undefined {
    const signedHeader = this.header(height);
    const rows = signedHeader === undefined ? [] : this.#receiptRows(height);
    if (signedHeader === undefined || rows.length === 0) return undefined;
    const transactions = rows.slice(1).map(({ bytes }) => bytes!);
    return { block: { signedHeader, transactions }, receipts: rows.map(({ receipt }) => receipt) };
  }

  receiptsOf(height: number): readonly Receipt[] {
    return this.#receiptRows(height).map((row) => this.#receiptFrom(row));
  }

  receiptAt(place: Place): StoredReceipt | undefined {
    const row = this.#run(() => this.#statements.receipt.get(placeNumber(place))) as ReceiptRow | undefined;
    return row && { receipt: this.#receiptFrom(row), bytes: row.bytes };
  }

  placeOfTransaction(id: Digest): Place | undefined {
    const row = this.#run(() => this.#statements.placeOfId.get(hexToBytes(id))) as { place: number } | undefined;
    return row && placeOf(row.place);
  }

  /** Of an account or a proposal, newest first. */
  history(name: AccountId | Digest, { before, limit }: HistoryQuery): readonly Place[] {
    return this.#places(name, before === undefined ? Number.MAX_SAFE_INTEGER : placeNumber(before), limit);
  }

  /** Where the work of a round was paid. */
  placeOfPay(round: number): Place | undefined {
    return this.#places(roundName(round), Number.MAX_SAFE_INTEGER, 1)[0];
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #places(name: string, end: number, limit: number): readonly Place[] {
    const rows = this.#run(() => this.#statements.history.all(hexToBytes(name), end, limit));
    return rows.map((row) => placeOf(row.place as number));
  }

  #receiptRows(height: number): readonly ReceiptRow[] {
    const from = placeNumber({ height, index: 0 });
    const to = placeNumber({ height: height + 1, index: 0 });
    return this.#run(() => this.#statements.receiptsBetween.all(from, to)) as unknown as readonly ReceiptRow[];
  }

  #receiptFrom({ receipt }: ReceiptRow): Receipt {
    const decoded = decode(receiptCodec, receipt);
    if (decoded.ok) return decoded.value;
    throw damagedChain(this.path, "a receipt cannot be read");
  }

  #headerFrom(row: unknown): SignedHeader | undefined {
    if (row === undefined) return undefined;
    const decoded = decode(signedHeaderCodec, (row as { signedHeader: Uint8Array }).signedHeader);
    if (decoded.ok) return decoded.value;
    throw damagedChain(this.path, "a header cannot be read");
  }

  #fact(name: string): Uint8Array | undefined {
    const row = this.#run(() => this.#statements.fact.get(name)) as { value: Uint8Array } | undefined;
    return row?.value;
  }

  #refuseOtherGenesis(): void {
    const stored = this.#fact("genesis");
    const decoded = stored && decode(genesis, stored);
    if (decoded?.ok !== true) throw damagedChain(this.path, "its genesis cannot be read");
    const [mine, its] = [networkIdOf(this.#genesis), networkIdOf(decoded.value)];
    if (mine === its) return;
    const cause = `${this.path} belongs to network ${its}, but genesis.json is that of ${mine}`;
    throw new NodeError("OTHER_NETWORK", `${cause}; put back the right genesis.json`);
  }

  #inTransaction<Result>(kind: "IMMEDIATE" | "DEFERRED", action: () => Result): Result {
    return this.#run(() => {
      this.#database.exec(`BEGIN ${kind}`);
      try {
        const result = action();
        this.#database.exec("COMMIT");
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  #run<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      throw storeFault(error, this.path);
    }
  }
}

interface ReceiptRow {
  readonly receipt: Uint8Array;
  readonly bytes: Uint8Array | null;
}
