/** `neuroshard nep list`: the proposals of a network, the newest first. */

import { listNeps, NEP_STATUSES, NEP_TYPES, type NepStatus, type NepType } from "@neuroshard/sdk";
import { describeNepStep } from "../../chain/describeNepStep.ts";
import { readTime } from "../../chain/networkParams.ts";
import { openClient } from "../../chain/openClient.ts";
import { type NodeFlags, nodeOptions, pageOption } from "../../options/network.ts";
import { choiceOption } from "../../options/option.ts";
import { formatTable } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

interface NepListFlags extends NodeFlags {
  readonly status?: NepStatus;
  readonly type?: NepType;
  readonly limit: number;
}

export const nepList: CommandDefinition<NepListFlags> = {
  name: "list",
  summary: "list proposals, the newest first",
  examples: ["nep list", "nep list --status voting --type econ --json"],
  options: [
    choiceOption("--status <status>", "only these", NEP_STATUSES),
    choiceOption("--type <type>", "only these", NEP_TYPES),
    pageOption(),
    ...nodeOptions(),
  ],
  required: [],
  async run({ node, tokenFile, json, status, type, limit }, surface) {
    const client = await openClient({ node, tokenFile });
    const query = { limit, ...(status !== undefined && { status }), ...(type !== undefined && { type }) };
    const [page, time] = await Promise.all([listNeps(client, query), readTime(client)]);
    if (json) return printJson(surface, page);
    if (page.neps.length === 0) return void surface.stderr.write("no proposals; write one with `neuroshard nep new`\n");
    const columns = [{ title: "NEP" }, { title: "type" }, { title: "status" }, { title: "next" }, { title: "title" }];
    const rows = page.neps.map((nep) => [nep.label, nep.nepType, nep.status, describeNepStep(nep, time), nep.title]);
    surface.stdout.write(formatTable(columns, rows, { stream: surface.stdout }));
    if (page.next !== null) surface.stderr.write("there are more; raise --limit, or narrow with --status and --type\n");
  },
};
