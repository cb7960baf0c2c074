/** `neuroshard supply`: how many tokens there are, and where. */

import { getSupply } from "@neuroshard/sdk";
import { openClient } from "../../chain/openClient.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { formatUnits } from "../../terminal/formatNeuro.ts";
import { formatCount } from "../../terminal/formatQuantity.ts";
import { formatTable } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

export const supply: CommandDefinition<NodeFlags> = {
  name: "supply",
  summary: "show how many NEURO there are, by where they are",
  examples: ["supply", "supply --json"],
  options: nodeOptions(),
  required: [],
  async run({ node, tokenFile, json }, surface) {
    const view = await getSupply(await openClient({ node, tokenFile }));
    if (json) return printJson(surface, view);
    const line = (name: string, amount: string, note: string) => [name, formatUnits(BigInt(amount)), note];
    const rows = [
      line("genesis", view.genesis, "allocated when the network was made"),
      line("minted", view.minted, "paid for work since then"),
      line("burned", view.burned, "gone for good"),
      line("circulating", view.circulating, "genesis + minted - burned, which is the sum of the rest"),
      line("  spendable", view.spendable, "in accounts"),
      line("  bonded", view.bonded, "at stake"),
      line("  unbonding", view.unbonding, "on its way out of stake"),
      line("  escrowed", view.escrowed, "fees of open proposals"),
      line("  treasury", view.treasury, "pays proposers"),
    ];
    const columns = [{ title: "" }, { title: "NEURO", align: "right" }, { title: "" }] as const;
    const table = formatTable(columns, rows, { stream: surface.stdout });
    surface.stdout.write(`supply after block ${formatCount(view.height)}\n${table}`);
  },
};
