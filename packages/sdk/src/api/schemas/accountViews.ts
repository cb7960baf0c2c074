/** Accounts: what they hold, stake and vote with. */
import { type Static, Type } from "typebox";
import { addressText, amountText, countNumber, decimalText, heightNumber, hexText } from "./primitives.ts";

const lotView = Type.Object({ amount: amountText, height: heightNumber });

const stakeView = Type.Object({
  bonded: amountText,
  unlocked: Type.String({ ...amountText, description: "part of `bonded` that can be unstaked now, in base units" }),
  lots: Type.Array(lotView, { description: "bonded; `height`: from when it can be unstaked" }),
  unbonding: Type.Array(lotView, { description: "on its way out; `height`: from when it can be spent" }),
  deposits: Type.String({ ...amountText, description: "part of `bonded` that open proposals hold, in base units" }),
  multiplier: Type.String({ ...decimalText, description: "factor of rewards" }),
});

const powerView = Type.Object({
  own: amountText,
  received: Type.String({ ...amountText, description: "stake of others who delegate to this account, in base units" }),
  delegate: Type.Union([addressText, Type.Null()], { description: "who votes with the own stake by default" }),
});

const deviceView = Type.Object({
  device: hexText,
  roles: Type.Array(Type.String()),
  memoryMb: countNumber,
  speed: countNumber,
  softwareVersion: Type.String(),
  registeredAt: heightNumber,
});

export const accountView = Type.Object({
  address: addressText,
  height: Type.Integer({ ...heightNumber, description: "the state that these figures are of" }),
  balance: Type.String({ ...amountText, description: "spendable, matured stake included, in base units" }),
  matured: Type.String({ ...amountText, description: "part of `balance` whose unbonding has ended, in base units" }),
  nonce: Type.Integer({ ...countNumber, description: "of the next transaction, after what is in blocks" }),
  nextNonce: Type.Integer({ ...countNumber, description: "of the next transaction, after what is pending here" }),
  stake: stakeView,
  held: Type.String({ ...amountText, description: "pay that is held until it covers a slash, in base units" }),
  power: powerView,
  validator: Type.Union([Type.Object({ devices: countNumber, since: heightNumber }), Type.Null()]),
  devices: Type.Array(deviceView),
});
export type AccountView = Static<typeof accountView>;
