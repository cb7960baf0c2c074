/**
 * What a peer did wrong adds up, and is forgiven with time; at BAN_POINTS it is disconnected and may not come back for a
 * while. The table is closed: a new offence needs its row. Spec: spec/network.md#N6.
 */
import type { DeviceKey } from "@neuroshard/protocol";
import type { Offence } from "../peerNetwork.ts";

export const BAN_POINTS = 100;
export const FORGIVEN_PER_MINUTE = 10;
export const BAN_MS = 600_000;
const MINUTE_MS = 60_000;
/** Further ones take the place of those who have been quiet for longest. */
const MOST_REMEMBERED = 4096;

export const PENALTY_POINTS: { readonly [O in Offence]: number } = {
  malformed: 50,
  oversize: 50,
  "wrong-digest": 40,
  unsolicited: 20,
  "too-many-requests": 5,
  "too-slow": 10,
  "invalid-message": 25,
  "wrong-network": BAN_POINTS,
  "old-protocol": BAN_POINTS,
};

interface Account {
  points: number;
  atMs: number;
}

export class PenaltyBook {
  readonly #nowMs: () => number;
  readonly #ban: (peer: DeviceKey, banMs: number) => void;
  readonly #accounts = new Map<DeviceKey, Account>();

  constructor(nowMs: () => number, ban: (peer: DeviceKey, banMs: number) => void) {
    this.#nowMs = nowMs;
    this.#ban = ban;
  }

  pointsOf(peer: DeviceKey): number {
    const account = this.#accounts.get(peer);
    if (account === undefined) return 0;
    // Whole points: two halves of a ban are one, however little time lies between them.
    const forgiven = Math.floor(((this.#nowMs() - account.atMs) / MINUTE_MS) * FORGIVEN_PER_MINUTE);
    return Math.max(0, account.points - forgiven);
  }

  report(peer: DeviceKey, offence: Offence): void {
    const points = this.pointsOf(peer) + PENALTY_POINTS[offence];
    if (points >= BAN_POINTS) {
      // It has paid with the ban.
      this.#accounts.delete(peer);
      this.#ban(peer, BAN_MS);
      return;
    }
    // Moved to the end: at the front stands who has been quiet for longest.
    this.#accounts.delete(peer);
    this.#accounts.set(peer, { points, atMs: this.#nowMs() });
    const [quietest] = this.#accounts.keys();
    if (this.#accounts.size > MOST_REMEMBERED && quietest !== undefined) this.#accounts.delete(quietest);
  }
}
