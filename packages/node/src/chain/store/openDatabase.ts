/**
 * The file of a chain, opened so that what was committed stays. With a write-ahead log and synchronous=FULL every commit
 * is forced to the disk before it returns: neither `kill -9` nor a power cut loses it, as far as the disk keeps what it
 * says it has written. NORMAL would survive the former only, and after the latter a sequencer could sign a height again.
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { NodeError } from "../../nodeError.ts";
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import { damagedChain, storeFault } from "./storeFault.ts";

const CACHE_KIB = 65_536;

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** It has nothing in it yet. */
  readonly isNew: boolean;
}

/** Throws NodeError DAMAGED_CHAIN, NEWER_HOME or STORE_FAILED. */
export function openDatabase(path: string, { isReadOnly = false } = {}): OpenedDatabase {
  if (isReadOnly && !existsSync(path)) throw new NodeError("NO_NETWORK", `${path} does not exist; start the node once`);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: isReadOnly });
    return { database, isNew: prepare(database, path, isReadOnly) };
  } catch (error) {
    database?.close();
    throw storeFault(error, path);
  }
}

function prepare(database: DatabaseSync, path: string, isReadOnly: boolean): boolean {
  database.exec(`PRAGMA busy_timeout = 2000; PRAGMA cache_size = -${CACHE_KIB};`);
  const tables = numberOf(database, "SELECT count(*) FROM sqlite_schema");
  const isNew = tables === 0;
  if (!isNew) refuseForeign(database, path);
  if (isReadOnly) {
    if (isNew) throw damagedChain(path, "it is empty");
    return false;
  }
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  if (isNew) database.exec(`BEGIN; ${SCHEMA} COMMIT;`);
  return isNew;
}

function refuseForeign(database: DatabaseSync, path: string): void {
  if (numberOf(database, "PRAGMA application_id") !== APPLICATION_ID) {
    throw damagedChain(path, "it is a database of something else");
  }
  const version = numberOf(database, "PRAGMA user_version");
  if (version <= SCHEMA_VERSION) return;
  const written = `${path} was written by a later release (format ${version}, this one knows ${SCHEMA_VERSION})`;
  throw new NodeError("NEWER_HOME", `${written}; update neuroshard`);
}

function numberOf(database: DatabaseSync, query: string): number {
  return Object.values(database.prepare(query).get() as object)[0] as number;
}
