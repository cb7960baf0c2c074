/** The words of the contract: how amounts, heights, addresses, digests and bytes are written in JSON and in URLs. */
import type { Codec } from "@neuroshard/protocol";
import { type TProperties, type TUnsafe, Type } from "typebox";
import type { JsonOf } from "./jsonOf.ts";

export const amountText = Type.String({
  pattern: "^(0|[1-9][0-9]{0,38})$",
  description: "amount in base units, 10^-18 NEURO",
});

export const decimalText = Type.String({
  pattern: "^-?[0-9]{1,40}(\\.[0-9]{1,18})?$",
  description: "exact decimal number",
});

export const heightNumber = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: "block height" });

export const countNumber = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export const timeMs = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: "Unix time in milliseconds",
});

export const addressText = Type.String({
  pattern: "^neuro1[02-9ac-hj-np-z]{38}$",
  description: "account address, bech32m",
});

export const digestText = Type.String({ pattern: "^[0-9a-f]{64}$", description: "32 bytes, lower-case hexadecimal" });

export const hexText = Type.String({ pattern: "^([0-9a-f]{2})*$", description: "bytes, lower-case hexadecimal" });

export const paramKeyText = Type.String({
  pattern: "^[a-z_.]{1,64}\\.[A-Za-z0-9_]{1,64}$",
  description: "module.PARAMETER",
});

/** Requests have no members that the contract does not name; answers may gain some. */
export function closedObject<P extends TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

/** How many items one page holds. */
export const limitNumber = Type.Integer({ minimum: 1, maximum: 100, description: "most items on the page" });
export const USUAL_PAGE_ITEMS = 20;

/** A protocol value in the JSON form of its codec. The same object each time, so that the OpenAPI document can refer to it. */
export function wireObject<T>(codec: Codec<T>): TUnsafe<JsonOf<T>> {
  return codec.jsonSchema as unknown as TUnsafe<JsonOf<T>>;
}
