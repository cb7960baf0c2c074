/** A gate: a network of real processes that must do something, seen from outside. Shared by all: set up, watch, report, clean up. */
import type { Genesis } from "@neuroshard/protocol";
import type { Check } from "./checks.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { ProcessNetwork } from "./processNetwork.ts";
import { Watch } from "./watch.ts";

export interface GateOptions {
  /** Replaces the time that the gate usually takes. */
  readonly seconds: number | undefined;
  readonly nodes: number | undefined;
  readonly preset: string | undefined;
  readonly data: string;
  readonly onProgress: (what: string) => void;
}

export interface GateReport {
  readonly gate: string;
  readonly passed: boolean;
  readonly startedAt: string;
  readonly preset: string;
  readonly nodes: number;
  readonly checks: readonly Check[];
  readonly figures: Figures;
  /** What nodes complained of last, for whoever reads a report of a gate that did not pass. */
  readonly troubles: Readonly<Record<string, readonly string[]>>;
}

export interface GateRun extends GateOptions {
  readonly network: ProcessNetwork;
  readonly watch: Watch;
  /** At most so long, where the gate waits for something; exactly so long, where it watches. */
  readonly seconds: number;
}

export interface GatePlan {
  readonly name: string;
  readonly seconds: number;
  readonly nodes: number;
  readonly preset: string;
  readonly roles: string;
  readonly run: (run: GateRun) => Promise<readonly Check[]>;
}

export type Gate = (options: GateOptions) => Promise<GateReport>;

/** Inner steps until the learning rate has come down: more than any gate makes. */
const SCHEDULED_STEPS = 100_000;

/** Every round is evaluated, so that short runs have a curve too. */
const OVERRIDES: Genesis["overrides"] = [{ key: "training.diloco.EVAL_ROUNDS", value: { kind: "integer", value: 1n } }];

/** The network runs when `run` is called; it is gone when the report is there. */
export function gateOf(plan: GatePlan): Gate {
  return async (options) => {
    const { nodes = plan.nodes, preset = plan.preset, seconds = plan.seconds, data, onProgress } = options;
    const startedAt = new Date();
    const settings = { nodes, preset, data, roles: plan.roles, steps: SCHEDULED_STEPS, overrides: OVERRIDES };
    onProgress(`${nodes} nodes, preset ${preset}, ${seconds} s`);
    const network = await ProcessNetwork.create(settings);
    try {
      const watch = new Watch(network, onProgress);
      const startedMs = performance.now();
      await network.start();
      onProgress("all nodes are up");
      const checks = await plan.run({ ...options, network, watch, seconds });
      const passed = checks.length > 0 && checks.every(({ isPassed }) => isPassed);
      const about = { gate: plan.name, passed, startedAt: startedAt.toISOString(), preset, nodes };
      const figures = figuresOf(network, watch, (performance.now() - startedMs) / 1000);
      const troubles = Object.fromEntries(network.nodes.map((node) => [node.place.name, node.troubles]));
      return { ...about, checks, figures, troubles };
    } finally {
      await network.remove();
    }
  };
}
