/**
 * Noise that takes no more from its connections in one turn of the event loop than their share. The socket alone would
 * hand over 2 MiB at a time, and decrypting them holds everything else up for 10 ms and more.
 */
import { type ConnectionEncrypter, type MessageStream, StreamStateError } from "@libp2p/interface";
import { type NoiseComponents, noise } from "@libp2p/noise";
import type { TurnShare } from "./turnShare.ts";

export function pacedNoise(share: TurnShare): (components: NoiseComponents) => ConnectionEncrypter {
  const make = noise();
  return (components) => {
    const inner = make(components);
    return {
      protocol: inner.protocol,
      secureInbound(connection, options) {
        pace(connection, share);
        return inner.secureInbound(connection, options);
      },
      secureOutbound(connection, options) {
        pace(connection, share);
        return inner.secureOutbound(connection, options);
      },
    };
  };
}

function pace(connection: MessageStream, share: TurnShare): void {
  connection.addEventListener("message", ({ data }) => {
    if (share.spend(data.byteLength)) return;
    unlessEnded(() => connection.pause());
    share.wait(0, () => unlessEnded(() => connection.resume()));
  });
}

/** A connection that has ended, or whose relay has, can be neither paused nor resumed, and says so only by throwing. */
function unlessEnded(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof StreamStateError)) throw error;
  }
}
