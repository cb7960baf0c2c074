/** The transport over libp2p does what every transport has to, on real connections of the loopback interface. */
import { setTimeout as pause } from "node:timers/promises";
import { createLibp2pTransport } from "../../src/libp2p/createLibp2pTransport.ts";
import { LIBP2P_LIMITS } from "../../src/libp2p/libp2pLimits.ts";
import type { Transport } from "../../src/transport.ts";
import { describeTransport } from "./transport.compliance.ts";

const POLL_MS = 20;
const REST_MS = 400;
/** What the sockets of both ends and the parts at their edges hold besides. */
const SOCKET_BYTES = 8 << 20;

let secrets = 1;

describeTransport("a transport over libp2p", () => {
  const opened: Transport[] = [];
  return {
    async open() {
      const deviceSecret = new Uint8Array(32).fill(secrets++);
      const listen = ["/ip4/127.0.0.1/tcp/0"];
      const transport = await createLibp2pTransport({ deviceSecret, networkId: "cd".repeat(32), listen });
      opened.push(transport);
      return transport;
    },
    /** The key of the secret 1. */
    stranger: "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" as Transport["device"],
    emptyAddress: "/ip4/127.0.0.1/tcp/9",
    settle: (promise) => promise,
    async until(isSo) {
      while (!isSo()) await pause(POLL_MS);
    },
    rest: () => pause(REST_MS),
    mostAheadBytes: LIBP2P_LIMITS.mostWindowBytes + LIBP2P_LIMITS.pauseAboveBytes + SOCKET_BYTES,
    async stop() {
      await Promise.all(opened.map((transport) => transport.stop()));
    },
  };
});
