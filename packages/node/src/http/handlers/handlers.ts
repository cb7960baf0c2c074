/** One handler a route: the compiler sees that none is missing. */
import type { RouteId } from "@neuroshard/sdk/api";
import { openAiHandlers } from "../openAi/openAiHandlers.ts";
import { accountHandlers } from "./accountHandlers.ts";
import { blockHandlers } from "./blockHandlers.ts";
import { chainHandlers } from "./chainHandlers.ts";
import type { Handlers } from "./handler.ts";
import { modelHandlers } from "./modelHandlers.ts";
import { nepHandlers } from "./nepHandlers.ts";
import { networkHandlers } from "./networkHandlers.ts";
import { nodeHandlers } from "./nodeHandlers.ts";
import { paramHandlers } from "./paramHandlers.ts";
import { proofHandlers } from "./proofHandlers.ts";
import { roundHandlers } from "./roundHandlers.ts";
import { transactionHandlers } from "./transactionHandlers.ts";
import { validatorHandlers } from "./validatorHandlers.ts";

export const HANDLERS: Handlers<RouteId> = {
  ...chainHandlers,
  ...blockHandlers,
  ...accountHandlers,
  ...transactionHandlers,
  ...validatorHandlers,
  ...paramHandlers,
  ...nepHandlers,
  ...proofHandlers,
  ...networkHandlers,
  ...roundHandlers,
  ...modelHandlers,
  ...nodeHandlers,
  ...openAiHandlers,
};
