/** `neuroshard nep edit`: a new text for a proposal in review. */
import { clockOf, type Digest, getNep } from "@neuroshard/sdk";
import { Argument } from "commander";
import { describeChanges } from "../../chain/describeChanges.ts";
import { readNepFile } from "../../chain/readNepFile.ts";
import { sendBody } from "../../chain/sendBody.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { signingOptions } from "../../options/network.ts";
import { confirm } from "../../terminal/confirm.ts";
import type { CommandDefinition } from "../command.ts";
import { type NepSubmitFlags, yesOption } from "./nepSubmit.ts";

export const nepEdit: CommandDefinition<NepSubmitFlags, readonly [string, string]> = {
  name: "edit",
  summary: "replace the text of your proposal while it is in review; review begins anew, label and fee stay",
  examples: ["nep edit NEP-001 reward.md"],
  arguments: [nepArgument(), new Argument("<file>", "NEP file in Markdown")],
  options: [yesOption(), ...signingOptions()],
  required: [],
  async run({ yes, ...flags }, surface, [nep, file]) {
    await sendBody(flags, surface, async ({ client, params }) => {
      const document = await readNepFile(file, clockOf(params), surface);
      const { nepId, label } = await getNep(client, nep);
      return {
        body: { kind: "nepEdit", nepId: nepId as Digest, document },
        notes: [`${label} gets the text of ${file}: ${document.title}`, ...describeChanges(document, params)],
        ...(!yes && { confirm: () => confirm(`Replace the text of ${label}?`, surface) }),
      };
    });
  },
};
