/** What the parts of a peer network share. */
import type { DeviceKey } from "@neuroshard/protocol";
import type { Offence } from "../peerNetwork.ts";
import type { Transport } from "../transport.ts";
import type { Allowances } from "./allowances.ts";
import type { TrafficMeter } from "./trafficMeter.ts";

export interface PeerContext {
  readonly transport: Transport;
  readonly allowances: Allowances;
  readonly meter: TrafficMeter;
  report(peer: DeviceKey, offence: Offence): void;
  /** Waits for a greeting that is under way. */
  isGreeted(peer: DeviceKey): Promise<boolean>;
  /** For the log of the node: nothing depends on it. */
  onProblem(problem: unknown, peer: DeviceKey): void;
}
