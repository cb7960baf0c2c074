/** `neuroshard tx`: what became of a transaction. */

import { getTransaction, type TransactionView } from "@neuroshard/sdk";
import { Argument } from "commander";
import { describeOutcome } from "../../chain/describeOutcome.ts";
import { openClient } from "../../chain/openClient.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { formatCount } from "../../terminal/formatQuantity.ts";
import { printJson } from "../../terminal/surface.ts";
import { UsageProblem } from "../../usageProblem.ts";
import type { CommandDefinition } from "../command.ts";

export const tx: CommandDefinition<NodeFlags, readonly [string]> = {
  name: "tx",
  summary: "show what became of a transaction",
  examples: ["tx 3f0c...", "tx 3f0c... --json"],
  arguments: [new Argument("<id>", "64 hexadecimal digits, as `send` prints them").argParser(readId)],
  options: nodeOptions(),
  required: [],
  async run({ node, tokenFile, json }, surface, [id]) {
    const view = await getTransaction(await openClient({ node, tokenFile }), id);
    if (json) return printJson(surface, view);
    surface.stdout.write(`${[`transaction ${id}`, ...describe(view).map((line) => `  ${line}`)].join("\n")}\n`);
  },
};

function readId(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new UsageProblem(`'${text}' is no transaction id; give the 64 digits that \`send\` printed`);
}

function describe(view: TransactionView): readonly string[] {
  switch (view.state) {
    case "pending":
      return ["waits for its block"];
    case "committed":
      return [`in block ${formatCount(view.height)}`, ...describeOutcome({ kind: "accepted", events: view.events })];
    case "rejected":
      return [
        ...(view.height === null ? [] : [`in block ${formatCount(view.height)}`]),
        ...describeOutcome({ kind: "rejected", fault: view.fault }),
      ];
    default:
      return view satisfies never;
  }
}
