/** Takes a NEP file apart: front matter between two lines of `---`, then the body. Bounds and unfit characters first. */

import type { Findings } from "./problem.ts";
import { findUnprintable } from "./yamlText.ts";

const MOST_FILE_BYTES = 262_144;

export interface FileParts {
  readonly yaml: string;
  readonly yamlLine: number;
  readonly body: string;
  readonly bodyLine: number;
}

/** Undefined when there is nothing to work with; the findings say why. */
export function splitFile(file: string, findings: Findings): FileParts | undefined {
  const start = { line: 1, column: 1 };
  // A text has at least as many bytes as UTF-16 units, so a huge one is not encoded to be measured.
  if (file.length > MOST_FILE_BYTES || new TextEncoder().encode(file).length > MOST_FILE_BYTES) {
    findings.error(
      start,
      "TOO_LARGE",
      `the file is larger than ${MOST_FILE_BYTES} bytes; move evidence to reports and name their digests`,
    );
    return undefined;
  }
  const text = file.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  if (!hasOnlyText(text, findings)) return undefined;
  const lines = text.split("\n");
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
  if (lines[0]?.trimEnd() !== "---" || end === -1) {
    const remedy = 'begin the file with a line "---", the fields, and another line "---"';
    findings.error(start, "NO_FRONT_MATTER", `the file has no front matter; ${remedy}`);
    return undefined;
  }
  return {
    yaml: `${lines.slice(1, end).join("\n")}\n`,
    yamlLine: 2,
    body: lines.slice(end + 1).join("\n"),
    bodyLine: end + 2,
  };
}

function hasOnlyText(text: string, findings: Findings): boolean {
  const offset = text.isWellFormed() ? findUnprintable(text) : text.search(/\p{Surrogate}/u);
  if (offset === -1) return true;
  const before = text.slice(0, offset).split("\n");
  const place = { line: before.length, column: before.at(-1)!.length + 1 };
  const name = `U+${text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0")}`;
  findings.error(
    place,
    "CONTROL_CHARACTER",
    `the character ${name} does not show; remove it, or write it as an escape in quotation marks`,
  );
  return false;
}
