/** Hostile requests, made from the contract itself: whatever comes, the answer is an error object and never a fault of the node. */
import { ROUTE_IDS, ROUTES } from "@neuroshard/sdk/api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { startNode } from "./httpNode.ts";

const SEED = 20_260_102;
const RUNS = 600;

const nasty = fc.oneof(
  fc.constantFrom(
    ...["", " ", "0", "-1", "1.5", "1e9", "0x10", "00", "9007199254740993", "99999999999999999999", "NaN", "null"],
    ...[
      "../../status",
      "..%2f..",
      "%00",
      "%ff",
      "__proto__",
      "constructor",
      "toString",
      "[]",
      "{}",
      "'; drop",
      "<script>",
    ],
    ...[
      "ab".repeat(32),
      "AB".repeat(32),
      "ab".repeat(20),
      "0".repeat(64),
      "NEP-0",
      "NEP-9999999999",
      "1-1",
      "68719476736-1",
    ],
    ...["economics.constants.FEE_BURN_RATE", "economics.constants.__proto__", "neuro1", `neuro1${"q".repeat(38)}`],
    ...["accounts", "params", "neps", "ballots", "a".repeat(500), "\u{1F4A5}", "é", "\u2028"],
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }),
);

const queryNames = ["limit", "before", "height", "offset", "status", "type", "x", "__proto__", "hasOwnProperty"];
const queries = fc.array(fc.tuple(fc.constantFrom(...queryNames), nasty), { maxLength: 3 });
const bodies = fc.oneof(
  fc.json(),
  nasty,
  fc.record({ transaction: fc.oneof(nasty, fc.anything(), hexadecimal()) }).map((body) => textOf(body)),
);

function hexadecimal(): fc.Arbitrary<string> {
  return fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes).toString("hex"));
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "{";
  }
}

/** Not `encodeURIComponent`: what is no URL is a part of the game, as long as `fetch` sends it. */
function encoded(text: string): string {
  return /^[\w%.-]+$/.test(text) ? text : encodeURIComponent(text.toWellFormed());
}

const requests = fc.record({
  id: fc.constantFrom(...ROUTE_IDS.filter((id) => id !== "streamEvents")),
  values: fc.array(nasty, { minLength: 3, maxLength: 3 }),
  query: queries,
  body: bodies,
});

test(`${RUNS} malformed requests: an object each time, never a 5xx, nothing for the log`, async () => {
  const { url, reports, chain } = await startNode();
  const property = fc.asyncProperty(requests, async ({ id, values, query, body }) => {
    const { method, path } = ROUTES[id];
    let next = 0;
    const filled = path.replace(/\{\w+\}/g, () => encoded(values[next++ % values.length]!));
    const search = query.map(([name, value]) => `${name}=${encoded(value)}`).join("&");
    const init = method === "POST" ? { method, body, headers: { "content-type": "application/json" } } : { method };
    const response = await fetch(`${url}${filled}?${search}`, init);
    const text = await response.text();
    if (response.status >= 400) {
      const { error } = JSON.parse(text) as { readonly error: Readonly<Record<string, unknown>> };
      // The network of this test trains nothing: that is no fault of the node.
      if (error.code !== "MODEL_NOT_READY") expect(response.status).toBeLessThan(500);
      expect(error.code).toMatch(/^[A-Z_]+$/);
      expect(error.message).toMatch(/; /);
      expect(error.data).toBeTypeOf("object");
    }
  });
  await fc.assert(property, { seed: SEED, numRuns: RUNS });
  expect(reports).toEqual([]);
  expect(chain.mempool.size).toBe(0);
});
