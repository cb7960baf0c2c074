/** `neuroshard token revoke`: a token is good no longer, on a running node too. */
import { revokeToken } from "@neuroshard/node";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { nameOption } from "../../options/option.ts";
import { type HomeFlag, homeOption } from "../../options/wallet.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

interface TokenRevokeFlags extends HomeFlag, JsonFlag {
  readonly name: string;
}

export const tokenRevoke: CommandDefinition<TokenRevokeFlags> = {
  name: "revoke",
  summary: "take a token back at once; the node makes itself a new `admin` when it starts",
  examples: ["token revoke --name laptop", "token revoke --name admin --home ~/neuroshard"],
  options: [nameOption("--name <name>", "which token"), homeOption(), jsonOption()],
  required: ["--name"],
  async run({ home, name, json }, surface) {
    await revokeToken(home, name);
    if (json) printJson(surface, { revoked: name });
    else surface.stdout.write(`${name} is good no longer\n`);
  },
};
