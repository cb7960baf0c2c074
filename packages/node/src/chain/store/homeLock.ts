/**
 * One process per home. The lock is one of the system on an open file, so it ends with its process, however that ends;
 * the process id beside it is only for the message.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { NodeError } from "../../nodeError.ts";
import { storeFault } from "./storeFault.ts";

const LOCK_FILE = "lock";
const PID_FILE = "node.pid";

export interface HomeLock {
  release(): void;
}

/** Throws NodeError HOME_IN_USE. */
export function lockHome(home: string): HomeLock {
  const path = join(home, LOCK_FILE);
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path);
    lock.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    if (isBusy(error)) throw new NodeError("HOME_IN_USE", `${home} is used by ${owner(home)}; stop it first`);
    throw storeFault(error, path);
  }
  const held = lock;
  writeFileSync(join(home, PID_FILE), `${process.pid}\n`);
  return {
    release() {
      if (held.isOpen) held.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}

function owner(home: string): string {
  try {
    return `process ${readFileSync(join(home, PID_FILE), "utf8").trim()}`;
  } catch {
    return "another process";
  }
}
