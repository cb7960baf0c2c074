/** All that is looked at, in the order in which it is told. */
import type { Check } from "./check.ts";
import { checkClock } from "./checkClock.ts";
import { checkDisk } from "./checkDisk.ts";
import { checkEngine } from "./checkEngine.ts";
import { checkMemory } from "./checkMemory.ts";
import { checkPort } from "./checkPort.ts";
import { checkProcessor } from "./checkProcessor.ts";
import { checkReachability } from "./checkReachability.ts";
import { checkRelay } from "./checkRelay.ts";
import { checkReward } from "./checkReward.ts";
import { checkRuntime } from "./checkRuntime.ts";

export const CHECKS = {
  runtime: checkRuntime,
  processor: checkProcessor,
  engine: checkEngine,
  memory: checkMemory,
  disk: checkDisk,
  clock: checkClock,
  port: checkPort,
  reachability: checkReachability,
  relay: checkRelay,
  reward: checkReward,
} as const satisfies Readonly<Record<string, Check>>;

export type CheckName = keyof typeof CHECKS;
