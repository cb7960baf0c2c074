/** A corpus by its name or path: the built-in stories, a UTF-8 text file, a .jsonl file, or a folder of such files. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { type Corpus, type CorpusPiece, DataError } from "@neuroshard/training";
import { readFault } from "./fileFault.ts";
import { jsonLineDocuments } from "./jsonLines.ts";
import { sha256 } from "./sha256.ts";
import { storiesCorpus, storiesName } from "./storiesCorpus.ts";
import { defaultPieceBytes, requireText, textPieces } from "./utf8Text.ts";

export interface ReadLimits {
  /** Text is held in memory as bytes; more than this in all is refused. Default 1 GiB. */
  readonly maxBytes?: number;
  /** A longer text file is handed on in pieces of about this size. Default 64 MiB. */
  readonly pieceBytes?: number;
}

interface NamedPath {
  readonly path: string;
  /** Path below the corpus folder with "/" between its parts; the file's name for a single file. */
  readonly name: string;
}

interface SourceFile extends NamedPath {
  readonly bytes: Uint8Array;
}

/**
 * `pathOrName` is a path, or "stories" for the built-in corpus (a file of that name is "./stories"). Everything is read
 * and checked before this returns. A folder is read with its subfolders in the order of the files' names; names that start
 * with a dot are left out. A text file is one document, a line of a .jsonl file is one document.
 * Throws DataError: MISSING_FILE, UNREADABLE, NOT_A_FILE, BINARY, INVALID_UTF8, EMPTY, TOO_LARGE, BAD_JSONL.
 */
export async function readCorpus(pathOrName: string, limits: ReadLimits = {}): Promise<Corpus> {
  if (pathOrName === storiesName) return storiesCorpus();
  const { maxBytes = 2 ** 30, pieceBytes = defaultPieceBytes } = limits;
  const isFolder = (await statOf(pathOrName)).isDirectory();
  const sources = isFolder ? await filesIn(pathOrName) : [{ path: pathOrName, name: basename(pathOrName) }];
  await requireSize(sources, maxBytes, pathOrName);
  const files: SourceFile[] = [];
  for (const source of sources) files.push({ ...source, bytes: await readText(source.path) });
  const pieces = () => piecesOf(files, pieceBytes);
  requireContent(pieces, pathOrName, isFolder);
  return { name: basename(resolve(pathOrName)), sha256: digestOf(files, isFolder), pieces };
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    throw readFault(error, path);
  }
}

async function readText(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readFault(error, path);
  });
  requireText(bytes, path);
  return bytes;
}

async function filesIn(folder: string): Promise<NamedPath[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw readFault(error, folder);
  });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: relative(folder, path).replaceAll(sep, "/") }))
    .filter(({ name }) => !name.split("/").some((part) => part.startsWith(".")));
  // By code unit, not by locale: the order decides the bytes of the dataset.
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function requireSize(sources: readonly NamedPath[], maxBytes: number, source: string): Promise<void> {
  let bytes = 0;
  for (const { path } of sources) {
    const status = await statOf(path);
    if (!status.isFile()) throw notAFile(path);
    bytes += status.size;
  }
  if (bytes <= maxBytes) return;
  throw new DataError({
    code: "TOO_LARGE",
    cause: `${source} has ${bytes} bytes, more than the ${maxBytes} that are held in memory`,
    remedy: "train on a part of it",
    data: { path: source, bytes, maxBytes },
  });
}

function notAFile(path: string): DataError {
  return new DataError({
    code: "NOT_A_FILE",
    cause: `${path} is neither a file nor a folder`,
    remedy: "give a text file, a .jsonl file or a folder of them",
    data: { path },
  });
}

function* piecesOf(files: readonly SourceFile[], pieceBytes: number): Generator<CorpusPiece> {
  for (const { path, bytes } of files) {
    if (path.toLowerCase().endsWith(".jsonl")) yield* jsonLineDocuments(bytes, path);
    else yield* textPieces(bytes, pieceBytes);
  }
}

/** Walks the whole corpus once, so that a bad line of JSON is found now, and refuses one without a visible character. */
function requireContent(pieces: () => Iterable<CorpusPiece>, path: string, isFolder: boolean): void {
  let hasContent = false;
  for (const { text } of pieces()) hasContent ||= /\S/.test(text);
  if (hasContent) return;
  throw new DataError({
    code: "EMPTY",
    cause: isFolder ? `the folder ${path} holds no text` : `${path} holds no text`,
    remedy: "give a file with text in it, or use the built-in corpus by the name stories",
    data: { path },
  });
}

/** A single file: the digest of its bytes. A folder: the digest of the list "digest, two spaces, name" of its files. */
function digestOf(files: readonly SourceFile[], isFolder: boolean): string {
  const [first] = files;
  if (!isFolder && first !== undefined) return sha256(first.bytes);
  return sha256(files.map(({ bytes, name }) => `${sha256(bytes)}  ${name}\n`).join(""));
}
