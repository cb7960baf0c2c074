/** File names say what is inside; comments promise nothing for later. */
import { basename } from "node:path/posix";
import { isModulePath, type Project, type Violation } from "../project.ts";

const EMPTY_NAMES = /^(utils?|helpers?|misc|common|stuff|tmp|v\d+)$/i;
const UNFINISHED = /\b(TODO|FIXME|HACK|XXX|for now)\b/;

export function checkFileNames(project: Project): Violation[] {
  return [...project.texts.keys()].flatMap((path) => {
    if (!/\.(ts|mjs|c|h|py|svelte|css)$/.test(path)) return [];
    const stem = basename(path).split(".")[0] ?? "";
    const words = stem.split(/[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])/);
    const empty = words.find((word) => EMPTY_NAMES.test(word));
    if (empty !== undefined) return [named(path, `"${empty}" says nothing; name the file after what it exports`)];
    if (path.endsWith(".svelte") && !/^[A-Z][a-zA-Z0-9]*$/.test(stem))
      return [named(path, "components are UpperCamelCase")];
    if (isModulePath(path) && !/^[a-z][a-zA-Z0-9]*$/.test(stem)) return [named(path, "file names are lowerCamelCase")];
    return [];
  });
}

function named(path: string, message: string): Violation {
  return { rule: "fileNames", path, line: 1, message };
}

export function checkWords(project: Project): Violation[] {
  return [...project.texts].flatMap(([path, text]) => {
    const comments = project.modules.get(path)?.comments ?? (isPlainCode(path) ? [{ text, line: 1 }] : []);
    return comments.flatMap((comment) =>
      comment.text.split("\n").flatMap((lineText, offset) => {
        const word = UNFINISHED.exec(lineText)?.[0];
        if (word === undefined) return [];
        const message = `"${word}": finish it, or write the limit down as a fact`;
        return [{ rule: "words", path, line: comment.line + offset, message }];
      }),
    );
  });
}

/** Languages that are not parsed here: the whole text counts. */
function isPlainCode(path: string): boolean {
  return /\.(c|h|py|sh)$/.test(path);
}
