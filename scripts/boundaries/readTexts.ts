/** Reads the texts of the repository that the rules look at. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SKIPPED_FOLDERS = new Set(["node_modules", ".git", "build", "dist", "coverage", "runs", "generated", "vectors"]);
const READ_FILES = /(\.(ts|mjs|c|h|py|sh|svelte|html|css|md)|(^|\/)package\.json)$/;

/** Texts by path relative to `root`, with forward slashes, in a stable order. */
export function readTexts(root: string): Map<string, string> {
  const texts = new Map<string, string>();
  const visit = (folder: string): void => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) visit(path);
      if (entry.isFile() && READ_FILES.test(path)) texts.set(path, readFileSync(join(root, path), "utf8"));
    }
  };
  visit("");
  return texts;
}
