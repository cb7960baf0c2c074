/** Figures of the texts that the node writes for its clients. */
import type { NodeView } from "@neuroshard/sdk/api";
import { Histogram, type Registry } from "prom-client";
import type { ServedText } from "../serving/textServer.ts";
import { counter, gauge } from "./area.ts";

const BUCKETS_SECONDS = [0.01, 0.03, 0.1, 0.15, 0.3, 1, 3, 10, 30];

/** Returns what counts. */
export function addServingMetrics(registry: Registry, state: () => NodeView["serving"]): (text: ServedText) => void {
  gauge(registry, { name: "serving_active", help: "texts that are being written" }, (made) => made.set(state().active));
  gauge(registry, { name: "serving_queued", help: "requests that wait" }, (made) => made.set(state().queued));
  gauge(registry, { name: "serving_slots", help: "most texts at a time" }, (made) => made.set(state().slots));
  gauge(registry, { name: "serving_tokens_per_second", help: "of all texts together, lately" }, (made) => {
    made.set(state().tokensPerSecond);
  });
  const tokens = counter(registry, {
    name: "serving_tokens_total",
    help: "tokens of texts that are over",
    labels: ["kind"],
  });
  for (const kind of ["prompt", "completion"]) tokens.inc({ kind }, 0);
  const texts = counter(registry, {
    name: "serving_texts_total",
    help: "texts by how they ended",
    labels: ["outcome"],
  });
  for (const outcome of ["stop", "length", "cancelled", "failed"]) texts.inc({ outcome }, 0);
  const firstToken = new Histogram({
    ...{ name: "neuroshard_serving_first_token_seconds", help: "from the request to its first token" },
    ...{ buckets: BUCKETS_SECONDS, registers: [registry] },
  });
  return ({ promptTokens, completionTokens, firstTokenSeconds, outcome }) => {
    tokens.inc({ kind: "prompt" }, promptTokens);
    tokens.inc({ kind: "completion" }, completionTokens);
    texts.inc({ outcome });
    if (firstTokenSeconds !== undefined) firstToken.observe(firstTokenSeconds);
  };
}
