/** `neuroshard peers`: with whom a node is connected. */

import { listPeers } from "@neuroshard/sdk";
import { openClient } from "../../chain/openClient.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { formatCount } from "../../terminal/formatQuantity.ts";
import { formatTable } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

const DEVICE_DIGITS = 16;

export const peers: CommandDefinition<NodeFlags> = {
  name: "peers",
  summary: "show the addresses of a node, and with whom it is connected",
  examples: ["peers", "peers --json"],
  options: nodeOptions(),
  required: [],
  async run({ node, tokenFile, json }, surface) {
    const view = await listPeers(await openClient({ node, tokenFile }));
    if (json) return printJson(surface, view);
    const { stdout } = surface;
    const { self } = view;
    if (self === null) {
      stdout.write(`${node} runs without peers; start it with --listen or --network\n`);
      return;
    }
    stdout.write(`device ${self.device} (${self.roles.join(", ")})\n`);
    for (const address of self.addresses) stdout.write(`  ${address}\n`);
    stdout.write(`${formatCount(view.peers.length)} peers\n`);
    if (view.peers.length === 0) return;
    const rows = view.peers.map(({ device, addresses, softwareVersion, headHeight, latencyMs }) => [
      device.slice(0, DEVICE_DIGITS),
      softwareVersion,
      formatCount(headHeight),
      latencyMs === null ? "" : `${formatCount(latencyMs)} ms`,
      addresses[0] ?? "",
    ]);
    const right = (title: string) => ({ title, align: "right" }) as const;
    const columns = [
      { title: "device" },
      { title: "version" },
      right("height"),
      right("latency"),
      { title: "address" },
    ];
    stdout.write(formatTable(columns, rows, { stream: stdout }));
  },
};
