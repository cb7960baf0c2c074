/**
 * HTML and script in the sections. NEP files are shown on web pages; what shows them must escape them anyway, and a
 * proposal that needs HTML to be read is refused before that. Code fences and code spans may hold anything.
 */
import type { Findings } from "./problem.ts";
import { FenceTracker, type Section } from "./sections.ts";

/** The start of a tag, a comment or a declaration; `<https://...>` is a link, not a tag. */
const HTML = /<(?:\/?[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>]|$)|!--|!\[|![a-zA-Z]|\?)/;
const ACTIVE_ADDRESS = /(?:javascript|vbscript|file):|data:[a-z]+\//gi;

/** A line with more runs of backticks is not looked through for code spans. */
const MOST_RUNS = 200;

export function lintMarkup({ text, firstLine }: Section, findings: Findings): void {
  const fences = new FenceTracker();
  let isSpanOpen = false;
  for (const [index, source] of text.split("\n").entries()) {
    const line = firstLine + index;
    if (fences.isCode(source, line)) continue;
    if (source.trim() === "") isSpanOpen = false;
    // A code span that may reach over several lines, or an escaped backtick: then nothing counts as code.
    const isClear = !isSpanOpen && !source.includes("\\`");
    const prose = isClear ? withoutCodeSpans(source) : source;
    if (prose.includes("`")) isSpanOpen = true;
    report(prose, line, findings);
  }
}

function report(prose: string, line: number, findings: Findings): void {
  const html = HTML.exec(prose);
  if (html !== null) {
    const remedy = "use Markdown, or put it in backticks";
    findings.error({ line, column: html.index + 1 }, "MARKUP", `HTML ("${html[0]}") stands in the text; ${remedy}`);
  }
  const link = [...prose.matchAll(ACTIVE_ADDRESS)].find(({ index }) => isLinked(prose, index));
  if (link !== undefined) {
    const remedy = "link to https addresses only";
    findings.error(
      { line, column: link.index + 1 },
      "MARKUP",
      `a link that runs or reads something stands in the text; ${remedy}`,
    );
  }
}

/** Whether an address at `index` is one of a link: `](`, `<` or `]:` before it, and blanks between. */
function isLinked(prose: string, index: number): boolean {
  return /(?:\(|<|\]:)$/.test(
    prose
      .slice(Math.max(0, index - 100), index)
      .trimEnd()
      .slice(-2),
  );
}

/** Blanked out, so that columns stay. */
function withoutCodeSpans(source: string): string {
  const runs = [...source.matchAll(/`+/g)];
  if (runs.length > MOST_RUNS) return source;
  let result = source;
  for (let index = 0; index < runs.length; index++) {
    const open = runs[index]!;
    const close = runs.findIndex((run, later) => later > index && run[0].length === open[0].length);
    if (close === -1) continue;
    const end = runs[close]!.index + open[0].length;
    result = result.slice(0, open.index) + " ".repeat(end - open.index) + result.slice(end);
    index = close;
  }
  return result;
}
