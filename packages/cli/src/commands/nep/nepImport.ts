/** `neuroshard nep import`: the JSON of a proposal of the Python NeuroShard as a NEP file. */
import { formatNepMarkdown, readProposal, toDocument } from "@neuroshard/sdk";
import { Argument } from "commander";
import { readTextFile } from "../../chain/readNepFile.ts";
import { writeNewFile } from "../../chain/writeNewFile.ts";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { nameOption } from "../../options/option.ts";
import { Refusal } from "../../refusal.ts";
import type { CommandDefinition } from "../command.ts";

interface NepImportFlags extends JsonFlag {
  readonly out?: string;
}

export const nepImport: CommandDefinition<NepImportFlags, readonly [string]> = {
  name: "import",
  summary: "turn a proposal of the Python NeuroShard (JSON) into a NEP file, with all it says",
  examples: ["nep import proposal.json --out proposal.md"],
  arguments: [new Argument("<file>", "JSON of one proposal")],
  options: [nameOption("--out <file>", "a new file; by default stdout"), jsonOption()],
  required: [],
  async run({ out, json }, surface, [file]) {
    const read = readProposal(await readTextFile(file));
    if (!read.ok) throw notReadable(file, read);
    const made = toDocument(read.proposal);
    if (!made.ok) throw notReadable(file, made);
    if (made.leftOut.length > 0) surface.stderr.write(`unknown members are left out: ${made.leftOut.join(", ")}\n`);
    const metadata = { nep: "draft", author: read.proposal.authorNodeId, status: "draft", created: "" };
    await writeNewFile({ text: formatNepMarkdown(made.document, metadata), out, json }, surface);
  },
};

function notReadable(file: string, { path, reason }: { readonly path: string; readonly reason: string }): Refusal {
  return new Refusal(`${file} is no proposal: ${path} ${reason}`.replace(/;[^;]*$/, "").concat("; correct the file"));
}
