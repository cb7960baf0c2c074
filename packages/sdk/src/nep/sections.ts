/**
 * The body of a NEP file: sections under headings of the second level. Only the headings below begin a section; any other
 * heading belongs to the section it stands in, so nothing of a text is lost. Lines in a code fence are never headings.
 */
import type { NepDocument } from "@neuroshard/protocol";
import { didYouMean } from "./didYouMean.ts";
import type { Findings } from "./problem.ts";

export const SECTIONS = {
  abstract: "Abstract",
  motivation: "Motivation",
  specification: "Specification",
  backwardCompatibility: "Backward Compatibility",
  testCases: "Test Cases",
  securityConsiderations: "Security Considerations",
} as const satisfies Partial<Readonly<Record<keyof NepDocument, string>>>;

export type SectionName = keyof typeof SECTIONS;

export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

export interface Section {
  readonly name: SectionName;
  readonly headingLine: number;
  /** The line on which `text` begins. */
  readonly firstLine: number;
  readonly text: string;
}

interface Fence {
  readonly mark: string;
  readonly line: number;
}

/** Follows a text line by line and tells which lines are code. Fences begin at the start of a line. */
export class FenceTracker {
  #open: Fence | undefined;

  get open(): Fence | undefined {
    return this.#open;
  }

  /** Whether the line is in a fence, or is one. */
  isCode(text: string, line: number): boolean {
    const [, mark = "", rest = ""] = /^(`{3,}|~{3,})(.*)$/.exec(text) ?? [];
    if (this.#open === undefined) {
      const opens = mark !== "" && !(mark.startsWith("`") && rest.includes("`"));
      if (opens) this.#open = { mark, line };
      return opens;
    }
    if (mark.startsWith(this.#open.mark) && rest.trim() === "") this.#open = undefined;
    return true;
  }
}

/** `firstLine`: the line of the file on which `body` begins. */
export function splitSections(body: string, firstLine: number, findings: Findings): readonly Section[] {
  const headings: { name: SectionName; index: number }[] = [];
  const lines = body.split("\n");
  const fences = new FenceTracker();
  for (const [index, text] of lines.entries()) {
    const line = firstLine + index;
    if (fences.isCode(text, line)) continue;
    const name = SECTION_NAMES.find((name) => text === `## ${SECTIONS[name]}`);
    if (name !== undefined) headings.push({ name, index });
    else if (headings.length === 0 && text.trim() !== "") {
      findings.error(
        { line, column: 1 },
        "OUTSIDE_SECTION",
        'text stands before the first section; put "## Abstract" above it',
      );
      break;
    } else warnOfHeading(text, line, findings);
  }
  if (fences.open !== undefined) {
    const place = { line: fences.open.line, column: 1 };
    findings.error(place, "OPEN_FENCE", `a code fence is never closed; add a line with ${fences.open.mark}`);
  }
  return headings.flatMap(({ name, index }, position) => {
    const line = firstLine + index;
    if (headings.findIndex((heading) => heading.name === name) < position) {
      findings.error({ line, column: 1 }, "DUPLICATE_SECTION", `"${SECTIONS[name]}" is there twice; merge the two`);
      return [];
    }
    const content = trimmed(lines.slice(index + 1, headings[position + 1]?.index));
    return [{ name, headingLine: line, firstLine: line + 1 + content.skipped, text: content.text }];
  });
}

function warnOfHeading(text: string, line: number, findings: Findings): void {
  // Cut, because the pattern takes quadratic time.
  const [, title] = /^ {0,3}##[ \t]+(.*?)[ \t#]*$/.exec(text.slice(0, 200)) ?? [];
  if (title === undefined) return;
  const hint = didYouMean(title, Object.values(SECTIONS)) || 'use "###" for headings inside a section';
  findings.warn({ line, column: 1 }, "UNKNOWN_SECTION", `"${title.slice(0, 60)}" begins no section of a NEP; ${hint}`);
}

/** Without the blank lines around it. */
function trimmed(lines: readonly string[]): { readonly text: string; readonly skipped: number } {
  const isText = (line: string) => line.trim() !== "";
  const start = lines.findIndex(isText);
  if (start === -1) return { text: "", skipped: 0 };
  return { text: lines.slice(start, lines.findLastIndex(isText) + 1).join("\n"), skipped: start };
}
