/** `neuroshard rounds`: the rounds of training, and one of them with its work, its audits, and who was paid what. */

import { getRound, listRounds, type RoundsView, type RoundView } from "@neuroshard/sdk";
import { Argument } from "commander";
import { openClient } from "../../chain/openClient.ts";
import { formatRoundPay } from "../../chain/roundPay.ts";
import { type NodeFlags, nodeOptions, pageOption } from "../../options/network.ts";
import { readNumber } from "../../options/option.ts";
import { formatCount } from "../../terminal/formatQuantity.ts";
import { formatPairs, formatTable } from "../../terminal/formatTable.ts";
import { printJson, type Surface } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

interface RoundsFlags extends NodeFlags {
  readonly limit: number;
}

type Round = RoundsView["rounds"][number];
type Commit = RoundView["commits"][number]["commit"];
type Audit = RoundView["audits"][number];

const MILLIONTHS = 1e6;
const DIGEST_DIGITS = 16;
const right = (title: string) => ({ title, align: "right" }) as const;

export const rounds: CommandDefinition<RoundsFlags, readonly [number | undefined]> = {
  name: "rounds",
  summary: "list the rounds of training, the newest first; a number shows one with its work, audits and pay",
  examples: ["rounds", "rounds 12", "rounds --limit 5 --json"],
  arguments: [
    new Argument("[number]", "the round to show").argParser((text: string) =>
      readNumber("the round", text, { least: 1, most: Number.MAX_SAFE_INTEGER, isWhole: true }),
    ),
  ],
  options: [pageOption(), ...nodeOptions()],
  required: [],
  async run({ node, tokenFile, json, limit }, surface, [number]) {
    const client = await openClient({ node, tokenFile });
    const view = number === undefined ? await listRounds(client, { limit }) : await getRound(client, number);
    if (json) printJson(surface, view);
    else if ("rounds" in view) printList(view, surface);
    else printRound(view, surface);
  },
};

function printList({ rounds: list }: RoundsView, { stdout, stderr }: Surface): void {
  if (list.length === 0) return void stderr.write("no rounds yet; they begin when validators have seen a trainer\n");
  const columns = [
    right("round"),
    { title: "phase" },
    right("opened"),
    right("ended"),
    right("trained"),
    { title: "model" },
    right("validation loss"),
    { title: "pay" },
  ];
  const rows = list.map((round) => [
    formatCount(round.number),
    round.phase,
    formatCount(round.openedAt),
    round.endedAt === 0 ? "" : formatCount(round.endedAt),
    `${round.slots.filter(({ commit }) => commit !== null).length}/${round.slots.length}`,
    round.model?.weights.slice(0, DIGEST_DIGITS) ?? "",
    nats(round.validationLoss),
    describeAccounting(round),
  ]);
  stdout.write(formatTable(columns, rows, { stream: stdout }));
}

function printRound(view: RoundView, { stdout }: Surface): void {
  const { round, commits, audits, pay } = view;
  const pairs = [
    ["phase", `${round.phase}, opened in block ${formatCount(round.openedAt)}${ending(round)}`],
    ["began from", round.baseModel.weights],
    ...(round.model === null ? [] : [["model", round.model.weights] as const]),
    ...(round.validationLoss === null ? [] : [["validation loss", nats(round.validationLoss)] as const]),
    ["steps before", formatCount(round.stepsBefore)],
    ["pay", pay === null ? describeUnknownPay(round) : `settled in block ${formatCount(pay.height)}`],
  ] satisfies (readonly [string, string])[];
  stdout.write(`round ${formatCount(round.number)}\n${formatPairs(pairs)}`);
  const columns = [
    right("slot"),
    { title: "device" },
    { title: "account" },
    right("steps"),
    right("segments"),
    right("loss"),
    { title: "work" },
    { title: "audit" },
  ];
  const rows = round.slots.map((slot, index) => {
    const commit = commits.find((record) => record.commit.slot === index)?.commit;
    const audit = audits.find((record) => record.slot === index);
    return [
      String(index),
      slot.device.slice(0, DIGEST_DIGITS),
      slot.account.slice(0, DIGEST_DIGITS),
      formatCount(slot.steps),
      commit === undefined ? "" : String(commit.segments.length),
      commit === undefined ? "" : describeLoss(commit),
      commit === undefined ? "nothing committed" : slot.inclusion,
      describeAudit(audit),
    ];
  });
  stdout.write(formatTable(columns, rows, { stream: stdout }));
  if (pay !== null) stdout.write(`\n${formatRoundPay(view, { stream: stdout })}`);
}

function ending({ endedAt }: Round): string {
  return endedAt === 0 ? "" : `, over in block ${formatCount(endedAt)}`;
}

function describeLoss({ firstLoss, lastLoss }: Commit): string {
  return `${nats(firstLoss)} to ${nats(lastLoss)}`;
}

function describeAudit(audit: Audit | undefined): string {
  if (audit === undefined) return "";
  return `segment ${audit.segment}: ${audit.outcome ?? `under way (${audit.stage})`}`;
}

function describeAccounting({ accounting, openAudits, phase }: Round): string {
  if (phase === "failed") return "none";
  if (accounting === "settled") return "paid";
  if (accounting === "draw") return "audits are being drawn";
  if (accounting === "window") return openAudits.length > 0 ? `waits for ${openAudits.length} audits` : "held back";
  return "";
}

function describeUnknownPay(round: Round): string {
  const known = describeAccounting(round);
  return known === "paid" ? "paid, in a block that this node does not have" : known;
}

function nats(millionths: number | null): string {
  return millionths === null ? "" : (millionths / MILLIONTHS).toFixed(4);
}
