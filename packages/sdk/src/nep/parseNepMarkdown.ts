/** A NEP file as a document: the form of the file only. Whether the proposal makes sense is for `lintNepMarkdown`. */
import type { NepDocument } from "@neuroshard/protocol";
import { Findings, type NepProblem } from "./problem.ts";
import { type NepMetadata, readNep } from "./readNep.ts";

export type ParsedNep =
  | { readonly ok: true; readonly document: NepDocument; readonly metadata: NepMetadata }
  | { readonly ok: false; readonly problems: readonly NepProblem[] };

/** Never throws, whatever the text is. */
export function parseNepMarkdown(text: string): ParsedNep {
  const findings = new Findings();
  const reading = readNep(text, findings);
  if (reading === undefined || findings.hasErrors) return { ok: false, problems: findings.inOrder() };
  return { ok: true, document: reading.document, metadata: reading.metadata };
}
