/** A folder for all tests of a file, removed when they are over. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

export function temporaryFolderOfFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "neuroshard-operation-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
