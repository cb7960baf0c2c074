/** `neuroshard token`: who may ask a node for what. */
import type { CommandGroup } from "../command.ts";
import { tokenCreate } from "./tokenCreate.ts";
import { tokenList } from "./tokenList.ts";
import { tokenRevoke } from "./tokenRevoke.ts";

export const token: CommandGroup = {
  name: "token",
  summary: "make, list and revoke tokens of a node's API",
  commands: [tokenCreate, tokenList, tokenRevoke],
};
