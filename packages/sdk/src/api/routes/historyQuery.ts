/** How a history is paged: from the newest back. */
import { Type } from "typebox";
import { closedObject, limitNumber } from "../schemas/primitives.ts";

export const historyQuery = closedObject({
  before: Type.Optional(Type.String({ pattern: "^[0-9]{1,16}-[0-9]{1,10}$", description: "`next` of a page" })),
  limit: Type.Optional(limitNumber),
});
