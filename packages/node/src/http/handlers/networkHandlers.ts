/** Answers about the node among its peers. */
import type { Handlers } from "./handler.ts";

export const networkHandlers: Handlers<"listPeers"> = {
  listPeers: ({ peersView }) => peersView(),
};
