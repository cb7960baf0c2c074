/** Carries out the faults of a manifest as their rounds open, and ends each after its time. */
import type { LocalNetwork } from "./localNetwork.ts";
import type { FaultManifest } from "./manifest.ts";
import type { FaultReport } from "./report.ts";

export interface Faults {
  readonly happened: readonly FaultReport[];
  /** Whether some have begun that have not ended. */
  isUnderWay(): boolean;
}

type Fault = FaultManifest;

export function scheduleFaults(network: LocalNetwork, faults: readonly FaultManifest[]): Faults {
  const happened: FaultReport[] = [];
  const begin = async (fault: Fault): Promise<void> => {
    const end = beginFault(network, fault);
    if (end === undefined) return;
    const place = happened.push({ ...fault, fromMs: network.clock.nowMs(), untilMs: null }) - 1;
    network.clock.after(fault.forMs, () => {
      void end();
      happened[place] = { ...happened[place]!, untilMs: network.clock.nowMs() };
    });
  };
  onRound(network, (round) => {
    for (const fault of faults) if (fault.atRound === round) void begin(fault);
  });
  return { happened, isUnderWay: () => happened.some(({ untilMs }) => untilMs === null) };
}

/** After the block in which a round opens. */
export function onRound({ chain, clock }: LocalNetwork, listener: (round: number) => void): void {
  chain.subscribe((_, events) => {
    for (const event of events) if (event.kind === "roundOpened") clock.after(0, () => listener(event.round));
  });
}

/** Returns how it ends; undefined where it cannot happen, because the node does not run. */
function beginFault(network: LocalNetwork, fault: Fault): (() => Promise<void>) | undefined {
  if (fault.kind === "partition") return asPromise(network.cutOff(fault.nodes));
  const { memory } = network;
  const node = network.node(fault.node);
  if (node.driver === undefined) return undefined;
  switch (fault.kind) {
    case "disconnect":
      return asPromise(network.cutOff([fault.node]));
    case "kill":
      node.kill();
      return () => node.start();
    case "pause":
      memory.pause(node.device);
      return asPromise(() => {
        if (node.driver !== undefined) memory.resume(node.device);
      });
    default:
      throw new Error(`internal: a fault of another kind, ${JSON.stringify(fault satisfies never)}`);
  }
}

function asPromise(end: () => void): () => Promise<void> {
  return async () => end();
}
