/** `neuroshard nep export`: a proposal of the chain as a file: Markdown, or the JSON of the Python NeuroShard. */

import { formatNepMarkdown, fromDocument, getNep, type NepView, writeProposal } from "@neuroshard/sdk";
import { documentOf, metadataOf } from "../../chain/nepDocument.ts";
import { openClient } from "../../chain/openClient.ts";
import { writeNewFile } from "../../chain/writeNewFile.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { choiceOption, nameOption } from "../../options/option.ts";
import { Refusal } from "../../refusal.ts";
import type { CommandDefinition } from "../command.ts";

interface NepExportFlags extends NodeFlags {
  readonly format: "json" | "markdown";
  readonly out?: string;
}

export const nepExport: CommandDefinition<NepExportFlags, readonly [string]> = {
  name: "export",
  summary: "write a proposal as a NEP file, or as JSON that the Python NeuroShard reads",
  examples: ["nep export NEP-001 --format markdown --out nep-001.md", "nep export 1 --format json"],
  arguments: [nepArgument()],
  options: [
    choiceOption("--format <name>", "form of the file", ["json", "markdown"]).default("markdown"),
    nameOption("--out <file>", "a new file; by default stdout"),
    ...nodeOptions(),
  ],
  required: [],
  async run({ node, tokenFile, json, format, out }, surface, [nep]) {
    const view = await getNep(await openClient({ node, tokenFile }), nep);
    const text = format === "json" ? ancestorJson(view) : formatNepMarkdown(documentOf(view), metadataOf(view));
    await writeNewFile({ text, out, json }, surface);
  },
};

function ancestorJson(view: NepView): string {
  const made = fromDocument(documentOf(view), { nepId: view.label, authorNodeId: view.author });
  if (made.ok) return `${writeProposal(made.proposal)}\n`;
  throw new Refusal(`${view.label} has no form there (${made.path}: ${made.code}); export it as markdown`);
}
