/** Routes about blocks. */
import { Type } from "typebox";
import { blockPage, blockView } from "../schemas/blockViews.ts";
import { closedObject, heightNumber, limitNumber } from "../schemas/primitives.ts";
import { NOTHING, type Route } from "./route.ts";

const byHeight = closedObject({ height: heightNumber });

export const blockRoutes = {
  listBlocks: {
    method: "GET",
    path: "/api/v1/blocks",
    group: "blocks",
    scope: "read",
    summary: "Headers of blocks, the newest first",
    params: NOTHING,
    query: closedObject({ before: Type.Optional(heightNumber), limit: Type.Optional(limitNumber) }),
    body: null,
    answer: { kind: "json", schema: blockPage },
    errors: [],
  },
  getBlock: {
    method: "GET",
    path: "/api/v1/blocks/{height}",
    group: "blocks",
    scope: "read",
    summary: "A block with its transactions and what they did",
    params: byHeight,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: blockView },
    errors: ["NOT_FOUND"],
  },
  getRawBlock: {
    method: "GET",
    path: "/api/v1/blocks/{height}/raw",
    group: "blocks",
    scope: "read",
    summary: "A block as followers take it",
    params: byHeight,
    query: NOTHING,
    body: null,
    answer: { kind: "bytes", description: "canonical bytes of the block" },
    errors: ["NOT_FOUND"],
  },
} as const satisfies Readonly<Record<string, Route>>;
