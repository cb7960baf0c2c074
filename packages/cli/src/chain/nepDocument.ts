/** The text of a proposal as a node gives it, checked and typed again. */
import { type NepDocument, type NepMetadata, type NepView, nepDocument, parseJson } from "@neuroshard/sdk";
import { Refusal } from "../refusal.ts";

/** @throws {Refusal} when the answer of the node is no document. */
export function documentOf({ document, label }: NepView): NepDocument {
  const parsed = parseJson(nepDocument, document);
  if (parsed.ok) return parsed.value;
  throw new Refusal(
    `the node's text of ${label} cannot be read (${parsed.path} ${parsed.reason}); use the same release as the node`,
  );
}

export function metadataOf({ label, author, status }: NepView): NepMetadata {
  return { nep: label, author, status, created: "" };
}
