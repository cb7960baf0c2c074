/** The node among its peers. */
import { type Static, Type } from "typebox";
import { countNumber, heightNumber } from "./primitives.ts";

const deviceText = Type.String({
  pattern: "^0[23][0-9a-f]{64}$",
  description: "device key: compressed secp256k1 point, lower-case hexadecimal",
});

const addressList = Type.Array(Type.String(), { description: "multiaddresses" });

export const peersView = Type.Object({
  self: Type.Union(
    [
      Type.Object({
        device: deviceText,
        addresses: addressList,
        softwareVersion: Type.String(),
        roles: Type.Array(Type.String({ description: "trainer, validator, observer or relay" })),
      }),
      Type.Null(),
    ],
    { description: "this node; null where it runs without peers" },
  ),
  peers: Type.Array(
    Type.Object({
      device: deviceText,
      addresses: addressList,
      softwareVersion: Type.String(),
      headHeight: heightNumber,
      latencyMs: Type.Union([countNumber, Type.Null()], { description: "there and back; null before it is measured" }),
    }),
    { description: "connected, and of this network" },
  ),
});
export type PeersView = Static<typeof peersView>;
