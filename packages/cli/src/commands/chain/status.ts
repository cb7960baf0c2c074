/** `neuroshard status`: where the network stands. */
import { createClient, getStatus, getSupply, listNeps } from "@neuroshard/sdk";
import { describeNepStep } from "../../chain/describeNepStep.ts";
import { timeOf } from "../../chain/networkParams.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { formatNeuro } from "../../terminal/formatNeuro.ts";
import { formatCount, formatDuration } from "../../terminal/formatQuantity.ts";
import { formatPairs } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

const OPEN_STATUSES = ["review", "voting", "approved", "scheduled"] as const;
const MOST_NEPS = 100;

export const status: CommandDefinition<NodeFlags> = {
  name: "status",
  summary: "show the height, supply and open proposals of a node's network",
  examples: ["status", "status --node http://127.0.0.1:8001 --json"],
  options: nodeOptions(),
  required: [],
  async run({ node, json }, surface) {
    const client = createClient({ baseUrl: node });
    const [view, supply, page] = await Promise.all([
      getStatus(client),
      getSupply(client),
      listNeps(client, { limit: MOST_NEPS }),
    ]);
    const open = page.neps.filter((nep) => (OPEN_STATUSES as readonly string[]).includes(nep.status));
    if (json) return printJson(surface, { height: view.head.height, ...view, supply, neps: open });
    const { head, blockSeconds, upgrade } = view;
    const age = formatDuration(Math.max(0, Date.now() - head.timeMs) / 1000);
    const pairs = [
      ["network", `${view.networkName}, ${view.networkId}`],
      ["clock", `${view.preset}: a block every ${blockSeconds} s, ${formatCount(view.dayBlocks)} blocks a day`],
      ["protocol", view.protocolVersion],
      ...(upgrade === null
        ? []
        : [["upgrade", `to protocol ${upgrade.version}, asked for by ${upgrade.labels.join(", ")}`] as const]),
      ["height", `${formatCount(head.height)}${head.height === 0 ? "" : `, ${age} old`}`],
      ["state root", head.stateRoot],
      ["circulating", formatNeuro(supply.circulating)],
      ["staked", formatNeuro(supply.bonded)],
      ["validators", formatCount(view.validators)],
      ["pending", `${formatCount(view.pendingTransactions)} transactions`],
      ["open NEPs", formatCount(open.length)],
    ] satisfies (readonly [string, string])[];
    const neps = open.map(
      (nep) => `    ${nep.label}  ${nep.status}, ${describeNepStep(nep, timeOf(view))}  ${nep.title}\n`,
    );
    surface.stdout.write(`${node}\n${formatPairs(pairs)}${neps.join("")}`);
  },
};
