/** The whole surface: one entry a route. Server, client and OpenAPI document are made from this table. */
import { accountRoutes } from "./accountRoutes.ts";
import { blockRoutes } from "./blockRoutes.ts";
import { chainRoutes } from "./chainRoutes.ts";
import { modelRoutes } from "./modelRoutes.ts";
import { nepRoutes } from "./nepRoutes.ts";
import { networkRoutes } from "./networkRoutes.ts";
import { nodeRoutes } from "./nodeRoutes.ts";
import { openAiRoutes } from "./openAiRoutes.ts";
import { paramRoutes } from "./paramRoutes.ts";
import { proofRoutes } from "./proofRoutes.ts";
import { roundRoutes } from "./roundRoutes.ts";
import type { AnswerOf, InputOf } from "./route.ts";
import { transactionRoutes } from "./transactionRoutes.ts";
import { validatorRoutes } from "./validatorRoutes.ts";

export const ROUTES = {
  ...chainRoutes,
  ...blockRoutes,
  ...accountRoutes,
  ...transactionRoutes,
  ...validatorRoutes,
  ...paramRoutes,
  ...nepRoutes,
  ...proofRoutes,
  ...networkRoutes,
  ...roundRoutes,
  ...modelRoutes,
  ...nodeRoutes,
  ...openAiRoutes,
} as const;

export type RouteId = keyof typeof ROUTES;
export type RouteInput<Id extends RouteId> = InputOf<(typeof ROUTES)[Id]>;
export type RouteAnswer<Id extends RouteId> = AnswerOf<(typeof ROUTES)[Id]>;
export const ROUTE_IDS = Object.keys(ROUTES) as readonly RouteId[];
