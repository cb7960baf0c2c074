/** A network to simulate, as data: who takes part, how fast and how honest they are, what the links are like, what goes wrong. */

export const BEHAVIOURS = [
  "honest",
  "lie",
  "poison",
  "copy",
  "withhold",
  "equivocate",
  "lazy-audit",
  "accuse",
] as const;
/**
 * `lie`: trains one step and claims all. `poison`: trains, but sends the contribution turned around and large.
 * `copy`: commits to the contribution of another slot of the round before. `withhold`: commits and never serves. `equivocate`:
 * signs two commits. `lazy-audit`: answers audits without replaying. `accuse`: says that honest work was wrong.
 */
export type Behaviour = (typeof BEHAVIOURS)[number];

export interface NodeManifest {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly roles: readonly ("trainer" | "validator" | "observer")[];
  /** Virtual milliseconds of one inner step. */
  readonly stepMs: number;
  /** Round at which it joins; 0: from the beginning. */
  readonly joinsAtRound: number;
}

export interface LinkManifest {
  readonly latencyMs: number;
  readonly jitterMs: number;
  /** Part of the packets that are lost. */
  readonly loss: number;
  readonly bytesPerSecond: number;
}

/**
 * When round `atRound` opens. `kill`: the process is gone and its disk stays. `pause`: it answers nothing. `partition`: these
 * are among themselves, without who makes blocks.
 */
export type FaultManifest =
  | {
      readonly kind: "kill" | "pause" | "disconnect";
      readonly node: string;
      readonly atRound: number;
      readonly forMs: number;
    }
  | { readonly kind: "partition"; readonly nodes: readonly string[]; readonly atRound: number; readonly forMs: number };

export interface Manifest {
  readonly name: string;
  readonly seed: number;
  readonly rounds: number;
  /** Registry values of the genesis that differ from the preset `minimal`, as text. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly nodes: readonly NodeManifest[];
  readonly links: LinkManifest;
  readonly faults: readonly FaultManifest[];
}
