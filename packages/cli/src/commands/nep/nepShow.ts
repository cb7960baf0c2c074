/** `neuroshard nep show`: one proposal, its text and all that the chain knows of it. */

import { formatNepMarkdown, getNep, getNepDiff } from "@neuroshard/sdk";
import { Option } from "commander";
import { describeNep, describeNepTexts } from "../../chain/describeNep.ts";
import { documentOf, metadataOf } from "../../chain/nepDocument.ts";
import { readTime } from "../../chain/networkParams.ts";
import { openClient } from "../../chain/openClient.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

interface NepShowFlags extends NodeFlags {
  readonly full?: true;
  readonly markdown?: true;
}

export const nepShow: CommandDefinition<NepShowFlags, readonly [string]> = {
  name: "show",
  summary: "show a proposal: status, heights, what it changes; its text with --full, as a file with --markdown",
  examples: ["nep show NEP-001", "nep show 1 --full", "nep show 1 --markdown > nep-001.md"],
  arguments: [nepArgument()],
  options: [
    new Option("--full", "with all sections of the text"),
    new Option("--markdown", "as a NEP file"),
    ...nodeOptions(),
  ],
  required: [],
  async run({ node, tokenFile, json, full, markdown }, surface, [nep]) {
    const client = await openClient({ node, tokenFile });
    const [view, diff, time] = await Promise.all([getNep(client, nep), getNepDiff(client, nep), readTime(client)]);
    if (json) return printJson(surface, { ...view, changes: diff.changes });
    const document = documentOf(view);
    if (markdown) return void surface.stdout.write(formatNepMarkdown(document, metadataOf(view)));
    surface.stdout.write(describeNep({ view, diff, document, time }) + (full ? describeNepTexts(document) : ""));
  },
};
