/** `neuroshard status`: where the network and its training stand. */

import { getStatus, getSupply, listNeps, listPeers, type StatusView } from "@neuroshard/sdk";
import { describeNepStep } from "../../chain/describeNepStep.ts";
import { timeOf } from "../../chain/networkParams.ts";
import { openClient } from "../../chain/openClient.ts";
import { listTrainers, type Trainer } from "../../network/listTrainers.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { formatNeuro } from "../../terminal/formatNeuro.ts";
import { formatCount, formatDuration } from "../../terminal/formatQuantity.ts";
import { formatPairs, formatTable } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

const OPEN_STATUSES = ["review", "voting", "approved", "scheduled"] as const;
const MOST_NEPS = 100;
const DEVICE_DIGITS = 16;

export const status: CommandDefinition<NodeFlags> = {
  name: "status",
  summary: "show the height, training, supply and open proposals of a node's network",
  examples: ["status", "status --node http://127.0.0.1:8001 --json"],
  options: nodeOptions(),
  required: [],
  async run({ node, tokenFile, json }, surface) {
    const client = await openClient({ node, tokenFile });
    const [view, supply, page, { peers }] = await Promise.all([
      getStatus(client),
      getSupply(client),
      listNeps(client, { limit: MOST_NEPS }),
      listPeers(client),
    ]);
    const trainers = await listTrainers(client, view.training);
    const open = page.neps.filter((nep) => (OPEN_STATUSES as readonly string[]).includes(nep.status));
    if (json)
      return printJson(surface, {
        height: view.head.height,
        ...view,
        peers: peers.length,
        trainers,
        supply,
        neps: open,
      });
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
      ["peers", formatCount(peers.length)],
      ...describeTraining(view.training),
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
    if (trainers.length > 0) surface.stdout.write(trainerTable(trainers, surface.stdout));
  },
};

function describeTraining(training: StatusView["training"]): readonly (readonly [string, string])[] {
  if (training === null) return [];
  const { round, phase, modelRound, modelDigest, steps, loss, validationLoss } = training;
  const from = modelRound === 0 ? "the first one" : `of round ${formatCount(modelRound)}`;
  return [
    ["round", `${formatCount(round)}, ${phase}`],
    ["model", `${modelDigest}, ${from}, ${formatCount(steps)} steps`],
    ...(loss === null ? [] : [["loss", loss.toFixed(4)] as const]),
    ...(validationLoss === null ? [] : [["validation loss", validationLoss.toFixed(4)] as const]),
  ];
}

function trainerTable(trainers: readonly Trainer[], stream: NodeJS.WriteStream): string {
  const columns = [
    { title: "trains in this round" },
    { title: "device" },
    { title: "balance", align: "right" },
    { title: "held", align: "right" },
  ] as const;
  const rows = trainers.map(({ address, device, balance, held }) => [
    address,
    device.slice(0, DEVICE_DIGITS),
    formatNeuro(balance),
    formatNeuro(held),
  ]);
  return formatTable(columns, rows, { stream });
}
