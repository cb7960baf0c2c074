/** Figures of training: where the round is, how well the model is, what this device does and how audits end. */
import type { AuditOutcome, RoundPhase, State } from "@neuroshard/protocol";
import type { Registry } from "prom-client";
import { trainingView } from "../http/views/trainingView.ts";
import type { RoundMonitor } from "../operation/roundMonitor.ts";
import type { RoundEvent } from "../rounds/roundEvent.ts";
import { counter, gauge, total } from "./area.ts";

export interface RoundSources {
  readonly state: () => State;
  readonly monitor: RoundMonitor;
}

const PHASES = Object.keys({ train: 0, exchange: 0, outer: 0, done: 0, failed: 0 } satisfies Record<RoundPhase, 0>);
const OUTCOMES = Object.keys({
  ...{ honest: 0, wrong: 0, unavailable: 0, lapsed: 0, unsettled: 0 },
} satisfies Record<AuditOutcome, 0>);
const WORK = ["inner", "network", "outer", "audit"] as const;

/** Returns what counts events of the round driver. */
export function addRoundMetrics(registry: Registry, { state, monitor }: RoundSources): (event: RoundEvent) => void {
  addStateMetrics(registry, () => trainingView(state()));
  gauge(registry, { name: "training_tokens_per_second", help: "of the newest segment", labels: ["device"] }, (made) => {
    for (const { device, tokensPerSecond } of monitor.progress()) made.set({ device }, tokensPerSecond ?? 0);
  });
  gauge(registry, { name: "slot_steps_done", help: "inner steps done in the slot", labels: ["device"] }, (made) => {
    for (const { device, stepsDone } of monitor.progress()) made.set({ device }, stepsDone);
  });
  return countEvents(registry);
}

function addStateMetrics(registry: Registry, training: () => ReturnType<typeof trainingView>): void {
  const numbers = [
    ["round", "newest round", () => training()?.round],
    ["model_round", "round that made the newest model", () => training()?.modelRound],
    ["loss_nats", "mean training loss of the newest finished round", () => training()?.loss],
    ["validation_loss_nats", "validation loss of the newest evaluated model", () => training()?.validationLoss],
  ] as const;
  for (const [name, help, read] of numbers) {
    gauge(registry, { name, help }, (made) => {
      const value = read() ?? null;
      // What is not known has no figure.
      if (value === null) made.set(Number.NaN);
      else made.set(value);
    });
  }
  total(registry, { name: "network_steps_total", help: "inner steps of the network" }, (made) => {
    made.inc(training()?.steps ?? 0);
  });
  gauge(registry, { name: "round_phase", help: "1: the newest round is in this phase", labels: ["phase"] }, (made) => {
    const present = training()?.phase;
    for (const phase of PHASES) made.set({ phase }, phase === present ? 1 : 0);
  });
}

function countEvents(registry: Registry): (event: RoundEvent) => void {
  const settled = counter(registry, {
    ...{ name: "audits_settled_total", help: "audits that ended since the node started", labels: ["outcome", "work"] },
  });
  const answered = counter(registry, {
    name: "audits_answered_total",
    help: "replays of this device for others' audits",
  });
  const committed = counter(registry, { name: "slots_committed_total", help: "slots that this device committed to" });
  const troubles = counter(registry, { name: "round_troubles_total", help: "what went wrong in the work for rounds" });
  const seconds = counter(registry, {
    ...{ name: "round_work_seconds_total", help: "time of this machine for rounds", labels: ["work"] },
  });
  for (const outcome of OUTCOMES) for (const work of ["own", "other"]) settled.inc({ outcome, work }, 0);
  for (const work of WORK) seconds.inc({ work }, 0);
  return (event) => {
    switch (event.kind) {
      case "settled":
        settled.inc({ outcome: event.outcome, work: event.isOwn ? "own" : "other" });
        break;
      case "audited":
        answered.inc();
        break;
      case "committed":
        committed.inc();
        break;
      case "model":
        for (const work of WORK) seconds.inc({ work }, event.ms[work] / 1000);
        break;
      case "trouble":
      case "disagreement":
        troubles.inc();
        break;
      default:
    }
  };
}
