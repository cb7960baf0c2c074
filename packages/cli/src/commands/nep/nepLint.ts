/** `neuroshard nep lint`: what is wrong with NEP files, by line and column. */
import { PRESET_NAMES, PRESETS, type PresetName } from "@neuroshard/sdk";
import { Argument } from "commander";
import { countOf, describeProblem, lintText, readTextFile } from "../../chain/readNepFile.ts";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { choiceOption } from "../../options/option.ts";
import { Refusal } from "../../refusal.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

interface NepLintFlags extends JsonFlag {
  readonly preset: PresetName;
}

export const nepLint: CommandDefinition<NepLintFlags, readonly [readonly string[]]> = {
  name: "lint",
  summary: "check NEP files without a network: form, parameters, ranges, types",
  examples: ["nep lint reward.md", "nep lint docs/neps/*.md --preset main --json"],
  arguments: [new Argument("<file...>", "NEP files in Markdown")],
  options: [
    choiceOption("--preset <name>", "the clock of the network; ranges of durations follow it", PRESET_NAMES).default(
      "devnet",
    ),
    jsonOption(),
  ],
  required: [],
  async run({ preset, json }, surface, [files]) {
    let errors = 0;
    for (const file of files) {
      const problems = lintText(await readTextFile(file), PRESETS[preset]);
      errors += problems.filter(({ severity }) => severity === "error").length;
      for (const problem of problems) {
        if (json) printJson(surface, { file, ...problem });
        else surface.stdout.write(`${describeProblem(file, problem)}\n`);
      }
    }
    const place = files.length === 1 ? files[0] : `${files.length} files`;
    if (errors > 0) throw new Refusal(`${place}: ${countOf(errors)}; correct them and lint again`);
    surface.stderr.write(`${place}: no errors\n`);
  },
};
