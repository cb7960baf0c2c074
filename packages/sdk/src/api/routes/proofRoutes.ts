/** The route of proofs of any entry of the state. */
import { TABLE_NAMES } from "@neuroshard/protocol";
import { Type } from "typebox";
import { closedObject } from "../schemas/primitives.ts";
import { stateProofView } from "../schemas/proofViews.ts";
import { NOTHING, type Route } from "./route.ts";

export const proofRoutes = {
  getStateProof: {
    method: "GET",
    path: "/api/v1/proofs/{table}/{key}",
    group: "proofs",
    scope: "read",
    summary: "Proof of an entry of the state, or of its absence, under a signed header",
    params: closedObject({
      table: Type.Enum([...TABLE_NAMES]),
      key: Type.String({
        minLength: 1,
        maxLength: 256,
        description: "as the table has it; accounts as 40 hexadecimal digits",
      }),
    }),
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: stateProofView },
    errors: ["NOT_FOUND"],
  },
} as const satisfies Readonly<Record<string, Route>>;
