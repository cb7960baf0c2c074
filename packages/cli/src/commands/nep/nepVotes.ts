/** `neuroshard nep votes`: who voted how. */

import { listVotes } from "@neuroshard/sdk";
import { openClient } from "../../chain/openClient.ts";
import { describeSplit } from "../../chain/voteSplit.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { type NodeFlags, nodeOptions, pageOption } from "../../options/network.ts";
import { formatUnits } from "../../terminal/formatNeuro.ts";
import { formatTable } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

interface NepVotesFlags extends NodeFlags {
  readonly limit: number;
}

export const nepVotes: CommandDefinition<NepVotesFlags, readonly [string]> = {
  name: "votes",
  summary: "list who voted how, the largest stake first",
  examples: ["nep votes NEP-001 --limit 100"],
  arguments: [nepArgument()],
  options: [pageOption(), ...nodeOptions()],
  required: [],
  async run({ node, tokenFile, json, limit }, surface, [nep]) {
    const page = await listVotes(await openClient({ node, tokenFile }), nep, { limit });
    if (json) return printJson(surface, page);
    if (page.votes.length === 0) return void surface.stderr.write("nobody has voted\n");
    const columns = [{ title: "voter" }, { title: "power", align: "right" }, { title: "vote" }] as const;
    const rows = page.votes.map(({ voter, power, split }) => [voter, formatUnits(BigInt(power)), describeSplit(split)]);
    surface.stdout.write(formatTable(columns, rows, { stream: surface.stdout }));
  },
};
