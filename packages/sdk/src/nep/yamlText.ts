/** Texts as YAML that every reader takes for the same text: plain where that is safe, a literal block, or quoted. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_.,()/+%' -]*$/;

/** Words that some YAML reader takes for something else than text. */
const RESERVED = /^(null|true|false|yes|no|on|off|y|n|inf|nan)$/i;

/** Characters that must not stand in a file as they are: controls but tab and newline, and those that turn text around. */
const NOT_PRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be found
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

/** The offset of the first character that must not stand in a file, -1 when there is none. */
export function findUnprintable(text: string): number {
  return text.search(NOT_PRINTABLE);
}

export function isReservedWord(text: string): boolean {
  return RESERVED.test(text) || text === "~";
}

/** What follows `key: `. `indent`: blanks before the key, for texts of several lines. */
export function yamlText(text: string, indent: string): string {
  if (isPlain(text)) return text;
  return isBlock(text) ? literalBlock(text, `${indent}  `) : quotedYaml(text);
}

export function quotedYaml(text: string): string {
  return JSON.stringify(text).replace(NOT_PRINTABLE, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !text.endsWith(" ") && !isReservedWord(text);
}

/** A block finds its indentation by its first line and drops blank ends, so both must have something on them. */
function isBlock(text: string): boolean {
  const lines = text.replace(/\n+$/, "").split("\n");
  const isVisible = (line: string | undefined) => line !== undefined && line.trim() !== "";
  const isFramed = isVisible(lines[0]) && isVisible(lines.at(-1)) && !/^[ \t]/.test(text);
  return text.includes("\n") && isFramed && findUnprintable(text) === -1;
}

function literalBlock(text: string, indent: string): string {
  const ends = /\n*$/.exec(text)![0].length;
  const chomping = ["-", ""][ends] ?? "+";
  const lines = text.split("\n").map((line) => (line === "" ? "" : `${indent}${line}`));
  return `|${chomping}\n${(ends === 0 ? lines : lines.slice(0, -1)).join("\n")}`;
}
