/**
 * A state being changed: reads see what was written before, and everything since a mark can be taken back. Nothing
 * outside sees the changes until `commit` makes them a state.
 */
import type { Cells, State, Tables } from "./state.ts";
import { type CellName, type CellOf, type EntryOf, TABLE_NAMES, type TableName } from "./tables.ts";

type Undo = () => void;

export type Mark = number & { readonly mark: true };

/** What a block changed, for those who store states. `undefined`: removed. */
export type TableChanges = { readonly [T in TableName]: ReadonlyMap<string, EntryOf<T> | undefined> };

export class Draft {
  readonly #base: State;
  readonly #written: { readonly [T in TableName]: Map<string, EntryOf<T> | undefined> };
  #cells: Cells;
  #undos: Undo[] = [];

  constructor(base: State) {
    this.#base = base;
    this.#cells = base.cells;
    this.#written = Object.fromEntries(TABLE_NAMES.map((name) => [name, new Map()])) as never;
  }

  get<T extends TableName>(table: T, key: string): EntryOf<T> | undefined {
    const written = this.#written[table];
    return written.has(key) ? written.get(key) : this.#base.tables[table].get(key);
  }

  set<T extends TableName>(table: T, key: string, value: EntryOf<T>): void {
    this.#write(table, key, value);
  }

  remove(table: TableName, key: string): void {
    this.#write(table, key, undefined);
  }

  cell<C extends CellName>(name: C): CellOf<C> {
    return this.#cells[name];
  }

  setCell<C extends CellName>(name: C, value: CellOf<C>): void {
    const before = this.#cells;
    this.#undos.push(() => {
      this.#cells = before;
    });
    this.#cells = { ...before, [name]: value };
  }

  mark(): Mark {
    return this.#undos.length as Mark;
  }

  revertTo(mark: Mark): void {
    while (this.#undos.length > mark) this.#undos.pop()!();
  }

  /** The changes so far, in no particular order. */
  get changes(): TableChanges {
    return this.#written;
  }

  commit(): State {
    const { tables } = this.#base;
    const changed = TABLE_NAMES.map((name) => [name, tables[name].with(this.#written[name] as Map<string, never>)]);
    return { tables: Object.fromEntries(changed) as Tables, cells: this.#cells };
  }

  #write<T extends TableName>(table: T, key: string, value: EntryOf<T> | undefined): void {
    const written = this.#written[table];
    const before = written.get(key);
    const wasWritten = written.has(key);
    this.#undos.push(() => {
      if (wasWritten) written.set(key, before);
      else written.delete(key);
    });
    written.set(key, value);
  }
}
