/** The peer did something that it must not do: whoever catches it reports the offence. */
import { NetworkError } from "../networkError.ts";
import type { Offence } from "../peerNetwork.ts";

export class PeerFault extends NetworkError {
  readonly offence: Offence;

  constructor(offence: Offence, message: string) {
    super(offence === "too-slow" ? "TOO_SLOW" : "MALFORMED", message);
    this.name = "PeerFault";
    this.offence = offence;
  }
}
