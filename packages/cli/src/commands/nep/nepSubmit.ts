/** `neuroshard nep submit`: puts a NEP file before the network. Lints, says what it costs and changes, then sends. */
import { clockOf } from "@neuroshard/sdk";
import { Argument, Option } from "commander";
import { describeChanges } from "../../chain/describeChanges.ts";
import { describeNepCost } from "../../chain/describeNepCost.ts";
import { readNepFile } from "../../chain/readNepFile.ts";
import { sendBody } from "../../chain/sendBody.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import { confirm } from "../../terminal/confirm.ts";
import type { CommandDefinition } from "../command.ts";

export interface NepSubmitFlags extends SigningFlags {
  readonly yes?: true;
}

export function yesOption(): Option {
  return new Option("--yes", "do not ask, on a terminal either");
}

export const nepSubmit: CommandDefinition<NepSubmitFlags, readonly [string]> = {
  name: "submit",
  summary: "put a NEP file before the network; says first what it costs, and in which case that is lost",
  examples: ["nep submit reward.md", "nep submit reward.md --yes --json"],
  arguments: [new Argument("<file>", "NEP file in Markdown")],
  options: [yesOption(), ...signingOptions()],
  required: [],
  async run({ yes, ...flags }, surface, [file]) {
    await sendBody(flags, surface, async ({ params }) => {
      const document = await readNepFile(file, clockOf(params), surface);
      const notes = [
        `${file}: ${document.title} (${document.nepType})`,
        ...describeChanges(document, params),
        ...describeNepCost(params),
      ];
      return {
        body: { kind: "nepSubmit", document },
        notes,
        ...(!yes && { confirm: () => confirm("Submit this proposal?", surface) }),
      };
    });
  },
};
