/** `neuroshard token create`: makes a token, and shows it once. */
import { createToken } from "@neuroshard/node";
import { SCOPES, type Scope } from "@neuroshard/sdk";
import { Option } from "commander";
import { readScopes } from "../../options/access.ts";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { nameOption } from "../../options/option.ts";
import { type HomeFlag, homeOption } from "../../options/wallet.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

interface TokenCreateFlags extends HomeFlag, JsonFlag {
  readonly name: string;
  readonly scope: readonly Scope[];
}

export const tokenCreate: CommandDefinition<TokenCreateFlags> = {
  name: "create",
  summary: "make a token; it is printed once, and a running node knows it at once",
  examples: [
    "token create --name laptop --scope read,serve",
    "token create --name ci --scope read --home ~/neuroshard",
  ],
  options: [
    nameOption("--name <name>", "what the token is called"),
    new Option("--scope <scopes>", `what it allows, with commas between (${SCOPES.join(", ")})`).argParser((text) =>
      readScopes("--scope", text, SCOPES),
    ),
    homeOption(),
    jsonOption(),
  ],
  required: ["--name", "--scope"],
  async run({ home, name, scope, json }, surface) {
    const { text, scopes, createdAtMs } = await createToken(home, { name, scopes: scope });
    if (json) return printJson(surface, { name, scopes, createdAtMs, token: text.reveal() });
    surface.stdout.write(`${text.reveal()}\n`);
    surface.stderr.write(`${name} may ${scopes.join(", ")}; keep the token, it is not shown again\n`);
  },
};
