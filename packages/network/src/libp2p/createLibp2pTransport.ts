/** js-libp2p as a transport, loaded only where a node is made: programs that need no peers start without it. */
import type { Transport } from "../transport.ts";
import type { Libp2pOptions } from "./createNode.ts";

/** Throws NetworkError PORT_IN_USE or BAD_ADDRESS. */
export async function createLibp2pTransport(options: Libp2pOptions): Promise<Transport> {
  const { startLibp2p } = await import("./startLibp2p.ts");
  return await startLibp2p(options);
}
