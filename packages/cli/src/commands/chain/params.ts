/** `neuroshard params`: the rules as numbers, now or at a height of the past. */

import {
  getParam,
  getParamHistory,
  isParamKey,
  listParams,
  type ParamHistoryView,
  type ParamView,
} from "@neuroshard/sdk";
import { Argument } from "commander";
import { openClient } from "../../chain/openClient.ts";
import { type NodeFlags, nodeOptions } from "../../options/network.ts";
import { wholeNumberOption } from "../../options/option.ts";
import { Refusal } from "../../refusal.ts";
import { formatCount } from "../../terminal/formatQuantity.ts";
import { formatPairs, formatTable } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

interface ParamsFlags extends NodeFlags {
  readonly at?: number;
}

export const params: CommandDefinition<ParamsFlags, readonly [string | undefined]> = {
  name: "params",
  summary: "show the parameters that votes can change; one key shows its history and who may change it",
  examples: [
    "params economics.constants",
    "params economics.constants.TRAINING_REWARD_PER_BATCH",
    "params TRAINING_REWARD_PER_BATCH --at 120",
  ],
  arguments: [new Argument("[key]", "a key, its last part, or the beginning of a few")],
  options: [
    wholeNumberOption("--at <height>", "as it was at this block; by default now", {
      least: 0,
      most: Number.MAX_SAFE_INTEGER,
    }),
    ...nodeOptions(),
  ],
  required: [],
  async run({ node, tokenFile, json, at }, surface, [wanted = ""]) {
    const client = await openClient({ node, tokenFile });
    const query = at === undefined ? {} : { height: at };
    const page = await listParams(client, query);
    const chosen = choose(page.params, wanted);
    if (chosen.length === 0)
      throw new Refusal(`there is no parameter '${wanted}'; \`neuroshard params\` lists all of them`);
    if (chosen.length === 1 && isParamKey(chosen[0]!.key)) {
      const { key } = chosen[0]!;
      const [view, history] = await Promise.all([getParam(client, key, query), getParamHistory(client, key)]);
      if (json) return printJson(surface, { height: page.height, ...view, settings: history.settings });
      surface.stdout.write(describeParam(view, history, page.height));
      return;
    }
    if (json) return printJson(surface, { height: page.height, params: chosen });
    const columns = [
      { title: "parameter" },
      { title: "value", align: "right" },
      { title: "unit" },
      { title: "range" },
    ] as const;
    const rows = chosen.map((view) => [view.key, String(view.value), view.unit, rangeOf(view)]);
    surface.stdout.write(formatTable(columns, rows, { stream: surface.stdout }));
  },
};

/** The key itself, else those with this last part, else those that begin like this. */
function choose(all: readonly ParamView[], wanted: string): readonly ParamView[] {
  const exact = all.filter(({ key }) => key === wanted);
  const named = all.filter(({ key }) => key.endsWith(`.${wanted}`));
  if (exact.length > 0) return exact;
  return named.length > 0 ? named : all.filter(({ key }) => key.startsWith(wanted));
}

function rangeOf({ least, most, words, type }: ParamView): string {
  if (type === "flag") return "true, false";
  return words.length > 0 ? words.join(", ") : `${least ?? ""} to ${most ?? ""}`;
}

function describeParam(view: ParamView, { settings }: ParamHistoryView, height: number): string {
  const who = [...view.nepTypes, ...(view.isEmergencyChangeable ? ["emergency"] : [])];
  const origin = (nepId: string | null) => (nepId === null ? "by the genesis" : `by proposal ${nepId}`);
  const cooldown = view.cooldownBlocks === 0 ? "" : `, at most once in ${formatCount(view.cooldownBlocks)} blocks`;
  const pairs: (readonly [string, string])[] = [
    ["value", `${view.value} ${view.unit}, at block ${formatCount(height)}`],
    ["default", String(view.default)],
    ["range", rangeOf(view)],
    ["changed by", who.length === 0 ? "nobody: it is fixed" : `proposals of type ${who.join(", ")}${cooldown}`],
    ...settings.map((each) => {
      const from = each.height === 0 ? "from the start" : `from block ${formatCount(each.height)}`;
      return ["was", `${each.value} ${from}, ${origin(each.nepId)}`] as const;
    }),
  ];
  return `${view.key}\n  ${view.doc}\n${formatPairs(pairs)}`;
}
