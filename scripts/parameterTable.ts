/** The registry of parameters as Markdown, for people who read before they vote. */
import {
  entryOf,
  formatDecimal,
  formatParamValue,
  genesisValues,
  PARAM_KEYS,
  type ParamEntry,
  type ParamKey,
  PRESETS,
  resolveQuantity,
} from "@neuroshard/protocol";

const HEAD = `# Parameters

Every figure, switch and word that a vote can change, by module. Written by \`scripts/writeParameterTable.ts\` from
\`packages/protocol/src/params/modules\`; a test compares. What a proposal has to keep to: \`spec/governance.md#G5\`.

- **Default** is one value, or main / devnet / minimal where the presets differ. A day has ${PRESETS.main.dayBlocks}, ${PRESETS.devnet.dayBlocks} and ${PRESETS.minimal.dayBlocks} blocks there.
- **Range** is that of the main preset; bounds of durations are days of each preset. *d* stands for a day.
- **Step** is the most that one proposal can change it, as a part of the old value or of the main default, whichever is larger.
- **Cooldown** is the time between two changes, in days.
- **Changed by** names the types of proposals: none means that only founders set it. *emergency* marks the safety valves.

Amounts are NEURO with at most 18 decimals. Parameters of work and market are here before the code that reads them, so that
their names and figures are settled.
`;

/** All of docs/parameters.md. */
export function parameterTable(): string {
  const modules = [...new Set(PARAM_KEYS.map(moduleOf))];
  return [HEAD, ...modules.map(section)].join("\n");
}

function moduleOf(key: ParamKey): string {
  return key.slice(0, key.lastIndexOf("."));
}

function section(module: string): string {
  const rows = PARAM_KEYS.filter((key) => moduleOf(key) === module).map((key) => row(key, module));
  const head = "| parameter | type | unit | default | range | step | cooldown | changed by | meaning |";
  return `## ${module}\n\n${head}\n|---|---|---|---|---|---|---|---|---|\n${rows.join("\n")}\n`;
}

function row(key: ParamKey, module: string): string {
  const { type, unit, cooldownDays, doc } = entryOf(key);
  const name = `\`${key.slice(module.length + 1)}\``;
  const step = stepOf(entryOf(key));
  return `| ${[name, type, unit, defaultsOf(key), rangeOf(entryOf(key)), step, cooldownDays, changersOf(entryOf(key)), doc].join(" | ")} |`;
}

function defaultsOf(key: ParamKey): string {
  const values = Object.values(DEFAULTS).map((read) => read(key));
  return new Set(values).size === 1 ? values[0]! : values.join(" / ");
}

const DEFAULTS = {
  main: defaultReader("main"),
  devnet: defaultReader("devnet"),
  minimal: defaultReader("minimal"),
};

function defaultReader(preset: keyof typeof PRESETS): (key: ParamKey) => string {
  const result = genesisValues(PRESETS[preset]);
  if (!result.ok) throw new Error(`the defaults of the preset ${preset} do not fit together: ${result.problem.code}`);
  return (key) => {
    const value = result.value.get(key)!;
    return value.kind === "schedule" && value.points.length === 1
      ? formatDecimal(value.points[0]!.value)
      : formatParamValue(value);
  };
}

function rangeOf(entry: ParamEntry): string {
  switch (entry.type) {
    case "flag":
      return "true, false";
    case "word":
      return entry.words.join(", ");
    case "integer":
      return `${quantity(entry.least)} to ${quantity(entry.most)}`;
    default:
      return `${formatDecimal(entry.least)} to ${formatDecimal(entry.most)}`;
  }
}

function quantity(bound: Extract<ParamEntry, { type: "integer" }>["least"]): string {
  if (typeof bound === "object" && "days" in bound) return `${bound.days} d`;
  return String(resolveQuantity(bound, PRESETS.main));
}

function stepOf(entry: ParamEntry): string {
  if (entry.type !== "integer" && entry.type !== "decimal") return "";
  return entry.maxStep === null ? "any" : formatDecimal(entry.maxStep);
}

function changersOf({ types, isEmergencyChangeable }: ParamEntry): string {
  const all = isEmergencyChangeable ? [...types, "emergency"] : types;
  return all.length === 0 ? "none" : all.join(", ");
}
