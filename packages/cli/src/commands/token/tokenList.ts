/** `neuroshard token list`: names and scopes of the tokens, never the tokens. */
import { readTokens } from "@neuroshard/node";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { type HomeFlag, homeOption } from "../../options/wallet.ts";
import { formatTable } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

type TokenListFlags = HomeFlag & JsonFlag;

export const tokenList: CommandDefinition<TokenListFlags> = {
  name: "list",
  summary: "print name, scopes and age of each token",
  examples: ["token list", "token list --home ~/neuroshard --json"],
  options: [homeOption(), jsonOption()],
  required: [],
  async run({ home, json }, surface) {
    const tokens = (await readTokens(home)).map(({ digest: _, ...token }) => token);
    if (json) return printJson(surface, { tokens });
    if (tokens.length === 0) {
      surface.stderr.write(`${home} holds no tokens; make one with \`neuroshard token create --home ${home}\`\n`);
      return;
    }
    const rows = tokens.map(({ name, scopes, createdAtMs }) => [
      name,
      scopes.join(", "),
      new Date(createdAtMs).toISOString(),
    ]);
    const columns = [{ title: "name" }, { title: "may" }, { title: "made" }];
    surface.stdout.write(formatTable(columns, rows, { stream: surface.stdout }));
  },
};
