/** `neuroshard nep history`: what happened to a proposal, by height. */

import { describeEvent } from "../../chain/describeEvent.ts";
import { readNepHistory } from "../../chain/nepHistory.ts";
import { openClient } from "../../chain/openClient.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { formatCount } from "../../terminal/formatQuantity.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

export const nepHistory: CommandDefinition<NodeFlags, readonly [string]> = {
  name: "history",
  summary: "show what happened to a proposal, by height",
  examples: ["nep history NEP-001", "nep history 1 --json"],
  arguments: [nepArgument()],
  options: nodeOptions(),
  required: [],
  async run({ node, tokenFile, json }, surface, [nep]) {
    const { view, entries } = await readNepHistory(await openClient({ node, tokenFile }), nep);
    if (json) return printJson(surface, { nepId: view.nepId, label: view.label, status: view.status, entries });
    const lines = entries.flatMap(({ height, events }) =>
      events.map((event) => `  block ${formatCount(height)}  ${describeEvent(event)}\n`),
    );
    surface.stdout.write(`${view.label}  ${view.title}, ${view.status}\n${lines.join("")}`);
  },
};
