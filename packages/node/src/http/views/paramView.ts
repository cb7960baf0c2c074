/** Parameters as the contract writes them: what the registry says of one, and what the chain says of its value. */
import {
  clockOf,
  defaultOf,
  entryOf,
  formatDecimal,
  type ParamEntry,
  type ParamKey,
  PRESETS,
  paramsAt,
  paramToJson,
  resolveQuantity,
  type State,
} from "@neuroshard/protocol";
import type { ParamView } from "@neuroshard/sdk/api";
import type { Chain } from "../../chain/chain.ts";

type Clock = ReturnType<typeof clockOf>;

export function paramView({ state, genesis }: Chain, key: ParamKey, height: number): ParamView {
  const entry = entryOf(key);
  const clock = clockOf(paramsAt(state, height));
  const { value, height: since, nepId } = settingAt(state, key, height);
  return {
    key,
    type: entry.type,
    unit: entry.unit,
    doc: entry.doc,
    value: paramToJson(value),
    since,
    nepId,
    default: paramToJson(defaultOf(key, PRESETS[genesis.preset])),
    ...boundsOf(entry, clock),
    words: entry.type === "word" ? [...entry.words] : [],
    nepTypes: [...entry.types],
    isEmergencyChangeable: entry.isEmergencyChangeable,
    cooldownBlocks: entry.cooldownDays * clock.dayBlocks,
  };
}

function settingAt(state: State, key: ParamKey, height: number) {
  const setting = state.tables.params.get(key)?.findLast((each) => each.height <= height);
  if (setting === undefined) throw new Error(`internal: ${key} has no value at height ${height}`);
  return setting;
}

function boundsOf(entry: ParamEntry, clock: Clock): Pick<ParamView, "least" | "most"> {
  switch (entry.type) {
    case "integer":
      return { least: String(resolveQuantity(entry.least, clock)), most: String(resolveQuantity(entry.most, clock)) };
    case "decimal":
    case "schedule":
      return { least: formatDecimal(entry.least), most: formatDecimal(entry.most) };
    case "flag":
    case "word":
      return { least: null, most: null };
    default:
      return entry satisfies never;
  }
}
