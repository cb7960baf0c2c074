/** Which kernels work here, and how fast. The engine has compared its canary before anything was measured. */
import { formatRate } from "../terminal/formatQuantity.ts";
import type { Examined, Finding } from "./check.ts";

export function checkEngine({ measured }: Examined): Finding {
  const { engine, threads, preset, millisecondsPerStep, tokensPerSecond } = measured;
  const speed = `${millisecondsPerStep.toFixed(0)} ms a step of ${preset}, ${formatRate(tokensPerSecond)}`;
  const found = `${engine} kernels, bits as published, ${threads} ${threads === 1 ? "thread" : "threads"}: ${speed}`;
  if (engine === "native") return { verdict: "good", found };
  return {
    verdict: "notice",
    found,
    remedy: "install clang or gcc and run the set-up again: native kernels are about twice as fast",
  };
}
