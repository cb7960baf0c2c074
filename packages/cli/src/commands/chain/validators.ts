/** `neuroshard validators`: who validates, and what it takes. */

import { listValidators } from "@neuroshard/sdk";
import { openClient } from "../../chain/openClient.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { formatNeuro, formatUnits } from "../../terminal/formatNeuro.ts";
import { formatCount } from "../../terminal/formatQuantity.ts";
import { formatTable } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

export const validators: CommandDefinition<NodeFlags> = {
  name: "validators",
  summary: "show who validates, and how much stake that takes",
  examples: ["validators", "validators --json"],
  options: nodeOptions(),
  required: [],
  async run({ node, tokenFile, json }, surface) {
    const view = await listValidators(await openClient({ node, tokenFile }));
    if (json) return printJson(surface, view);
    const { nextTier } = view;
    const next =
      nextTier === null
        ? ""
        : `, ${formatNeuro(nextTier.stake)} from ${formatCount(nextTier.atValidators)} validators on`;
    const tier = `tier ${view.tier}: each needs ${formatNeuro(view.requiredStake)} at stake${next}`;
    surface.stdout.write(`${formatCount(view.count)} validators, ${tier}\n`);
    if (view.validators.length === 0) return;
    const rows = view.validators.map(({ address, stake, received, devices, since }) => [
      address,
      formatUnits(BigInt(stake)),
      formatUnits(BigInt(received)),
      String(devices),
      formatCount(since),
    ]);
    const right = (title: string) => ({ title, align: "right" }) as const;
    const columns = [{ title: "address" }, right("stake"), right("delegated"), right("devices"), right("since block")];
    surface.stdout.write(formatTable(columns, rows, { stream: surface.stdout }));
  },
};
