/** From an error of the database to one that says what to do. */
import { NodeError } from "../../nodeError.ts";

/** Primary result codes of SQLite, https://www.sqlite.org/rescode.html */
const BUSY = 5;
const READ_ONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const CAUSES: ReadonlyMap<number, readonly [cause: string, remedy: string]> = new Map([
  [BUSY, ["is being written by another process", "wait until that one has ended"]],
  [READ_ONLY, ["may not be written by this user", "change its permissions"]],
  [IO_ERROR, ["cannot be read or written", "check the disk"]],
  [FULL, ["cannot grow, the disk is full", "free some space and start again; nothing committed is lost"]],
  [CANNOT_OPEN, ["cannot be opened", "check that it exists and that this user may read and write its folder"]],
]);

/** Errors that do not come from the database are passed on as they are. */
export function storeFault(error: unknown, path: string): unknown {
  const code = resultCode(error);
  if (code === undefined) return error;
  if (code === CORRUPT || code === NOT_A_DATABASE) return damagedChain(path, (error as Error).message);
  const [cause, remedy] = CAUSES.get(code) ?? [`has a fault (${(error as Error).message})`, "check the disk"];
  return new NodeError("STORE_FAILED", `${path} ${cause}; ${remedy}`, { cause: error });
}

export function damagedChain(path: string, reason: string): NodeError {
  const remedy = "move the file away and sync again from another node, or put back a copy of it";
  return new NodeError("DAMAGED_CHAIN", `${path} is damaged (${reason}); ${remedy}`);
}

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}
