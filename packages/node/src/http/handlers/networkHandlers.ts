/** Answers about the node among its peers, and about all devices of the network. */
import { networkMapView } from "../views/networkMapView.ts";
import type { Handlers } from "./handler.ts";

export const networkHandlers: Handlers<"listPeers" | "getNetworkMap"> = {
  listPeers: ({ peersView }) => peersView(),

  getNetworkMap: ({ chain: { state }, peersView, operation }) =>
    networkMapView(state, {
      self: operation.device,
      peers: peersView().peers,
      progressOf: (device) => operation.rounds.progressOf(device),
    }),
};
