/** Figures of the HTTP surface: what is asked, how it ends, how long it takes. */
import { Histogram, type Registry } from "prom-client";
import { counter } from "./area.ts";

export interface AnsweredRequest {
  /** Path of the route with its parameters by name; `other` for what is none. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

const BUCKETS_SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** Returns what counts. */
export function addHttpMetrics(registry: Registry): (answered: AnsweredRequest) => void {
  const requests = counter(registry, {
    ...{ name: "http_requests_total", help: "answered requests", labels: ["route", "method", "status"] },
  });
  const duration = new Histogram({
    ...{ name: "neuroshard_http_request_seconds", help: "from the request to the end of the answer" },
    ...{ buckets: BUCKETS_SECONDS, registers: [registry] },
  });
  return ({ route, method, status, seconds }) => {
    requests.inc({ route, method, status: String(status) });
    duration.observe(seconds);
  };
}
