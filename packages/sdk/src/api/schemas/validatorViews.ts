/** Who validates, and how much stake that takes. */
import { type Static, Type } from "typebox";
import { addressText, amountText, countNumber, heightNumber } from "./primitives.ts";

export const validatorsView = Type.Object({
  height: heightNumber,
  count: countNumber,
  requiredStake: amountText,
  tier: Type.Integer({ minimum: 1, description: "counted from 1" }),
  nextTier: Type.Union([
    Type.Object({ stake: amountText, atValidators: countNumber, validatorsAway: countNumber }),
    Type.Null(),
  ]),
  tiers: Type.Array(
    Type.Object({
      maxCount: Type.Union([countNumber, Type.Null()], { description: "null: any number of validators" }),
      stake: amountText,
    }),
  ),
  validators: Type.Array(
    Type.Object({
      address: addressText,
      stake: amountText,
      received: amountText,
      devices: countNumber,
      since: heightNumber,
    }),
    { description: "by stake, the largest first" },
  ),
});
export type ValidatorsView = Static<typeof validatorsView>;
