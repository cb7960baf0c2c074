/**
 * For who has only the address of a node: its genesis, before any greeting, as a greeting needs the network's name. The
 * transport is for this alone; its device is nobody's.
 */
import type { Transport } from "../transport.ts";
import { Allowances } from "./allowances.ts";
import { PeerAsker } from "./askPeer.ts";
import { protocolIdOf } from "./protocolId.ts";
import { TrafficMeter } from "./trafficMeter.ts";

/** Throws NetworkError UNREACHABLE, BAD_ADDRESS, TOO_SLOW, REFUSED or MALFORMED. */
export async function askGenesis(transport: Transport, address: string): Promise<Uint8Array> {
  // The other side greets and waits for an answer; until it gives up, it answers.
  transport.handleStreams(protocolIdOf("hello"), () => undefined);
  const peer = await transport.dial(address);
  const asker = new PeerAsker({
    transport,
    allowances: new Allowances(() => transport.clock.nowMs()),
    meter: new TrafficMeter(),
    report: () => undefined,
    isGreeted: async () => true,
    onProblem: () => undefined,
  });
  const { genesis } = await asker.ask(peer, "genesis", {});
  return genesis;
}
