/** `neuroshard nep tally`: how the vote stands, by stake, against the proposal's own thresholds. */

import { getTally, parseDecimal, type TallyView } from "@neuroshard/sdk";
import { openClient } from "../../chain/openClient.ts";
import { VOTE_CHOICES, type VoteChoice } from "../../chain/voteSplit.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { formatNeuro, formatPercent, formatUnits } from "../../terminal/formatNeuro.ts";
import { formatCount } from "../../terminal/formatQuantity.ts";
import { formatTable } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import { drawProgressBar } from "../../training/progressBar.ts";
import type { CommandDefinition } from "../command.ts";

const BAR_WIDTH = 32;

export const nepTally: CommandDefinition<NodeFlags, readonly [string]> = {
  name: "tally",
  summary: "show how a vote stands, by stake, against the proposal's own thresholds",
  examples: ["nep tally NEP-001", "nep tally 1 --json"],
  arguments: [nepArgument()],
  options: nodeOptions(),
  required: [],
  async run({ node, tokenFile, json }, surface, [nep]) {
    const view = await getTally(await openClient({ node, tokenFile }), nep);
    if (json) return printJson(surface, view);
    const columns = [
      { title: "" },
      { title: "" },
      { title: "NEURO", align: "right" },
      { title: "", align: "right" },
    ] as const;
    const bars = formatTable(
      columns,
      VOTE_CHOICES.map((choice) => barOf(view, choice)),
      { stream: surface.stdout },
    );
    const lines = [
      measure("quorum", view.quorum, "of all stake voted"),
      measure("approval", view.approval, "of yes and no are yes"),
      measure("veto", view.vetoed, "of the votes are vetoes"),
      `  ${verdictOf(view)}`,
    ];
    const voters = `${formatCount(view.voters)} ${view.voters === 1 ? "voter" : "voters"}`;
    const title = `${view.label}, ${view.status}: ${voters}, ${formatTotal(view.totalPower)}`;
    surface.stdout.write(`${title}\n${bars}${lines.join("\n")}\n`);
  },
};

function barOf({ percent, ...view }: TallyView, choice: VoteChoice): readonly string[] {
  // Of the contract: percent of the power that voted.
  const share = Number(percent[choice]) / 100;
  return [
    choice,
    drawProgressBar(share, BAR_WIDTH),
    formatUnits(BigInt(view[choice])),
    `${Number(percent[choice]).toFixed(2)} %`,
  ];
}

function measure(name: string, { actual, needed, isReached }: TallyView["quorum"], meaning: string): string {
  const [is, least] = [actual, needed].map((text) =>
    text === null ? "unknown" : formatPercent(parseDecimal(text) ?? 0n),
  );
  const word = name === "veto" ? (isReached ? "ends it" : "no veto") : isReached ? "reached" : "missing";
  return `  ${name.padEnd(9)} ${is} ${meaning}, ${least} needed: ${word}`;
}

function verdictOf({ isPassing, missing, status }: TallyView): string {
  const isOver = status !== "review" && status !== "voting";
  if (isPassing) return isOver ? "the vote was won" : "passing, if voting ended now";
  return `${isOver ? "the vote was lost" : "not passing"}: ${missing.join(", ")}`;
}

function formatTotal(totalPower: string | null): string {
  if (totalPower === null) return "the stake of that time is forgotten";
  return `of ${formatNeuro(totalPower)} at stake when voting opened`;
}
