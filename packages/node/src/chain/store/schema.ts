/** The tables of a chain's database. Whoever changes them raises the version. */

/** Kept in the file's header; a file with a higher one was written by a later release. */
export const SCHEMA_VERSION = 1;

/** "NSHD", so that a database of something else is not mistaken for a chain. */
export const APPLICATION_ID = 0x4e534844;

/**
 * `receipts.place` orders what happened: see place.ts. The block's own receipt has no transaction. `entries.part` is the
 * index of the table in the state.
 */
export const SCHEMA = `
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE blocks (height INTEGER PRIMARY KEY, signedHeader BLOB NOT NULL);
CREATE TABLE receipts (place INTEGER PRIMARY KEY, receipt BLOB NOT NULL, bytes BLOB);
CREATE TABLE transactionIds (id BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE history (name BLOB, place INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE entries (part INTEGER, key TEXT, value BLOB NOT NULL, PRIMARY KEY (part, key)) WITHOUT ROWID;
CREATE TABLE cells (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;
