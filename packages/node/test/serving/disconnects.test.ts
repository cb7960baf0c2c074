/** A thousand streamed texts, of which a third is left before its end: whoever stays has every token once, in order. */
import { philox4x32 } from "@neuroshard/tensor";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServingNode, servingNode } from "./servingNode.ts";
import { type TrainedNetwork, trainedNetwork } from "./trainedNetwork.ts";

const LIMIT_MS = 280_000;
const REQUESTS = 1000;
/** At once: more than there are slots. */
const CLIENTS = 24;
/** Different texts. */
const TEXTS = 25;

let network: TrainedNetwork;
let node: ServingNode;
let client: OpenAI;
beforeAll(async () => {
  network = await trainedNetwork();
  // All from one address.
  node = await servingNode(network, { limits: { perSecond: 1e6, capacity: 1e6 } });
  client = new OpenAI({
    baseURL: `${node.url}/v1`,
    apiKey: "none",
    defaultHeaders: { authorization: null },
    maxRetries: 0,
  });
}, LIMIT_MS);
afterAll(async () => {
  await node.close();
  await network.remove();
});

const random = (request: number, purpose: number, below: number): number => {
  return philox4x32(request, purpose, 77, 0, 0, 0)[0] % below;
};

function wish(text: number) {
  return { model: "neuroshard", prompt: "Anna counts", max_tokens: 8 + (text % 18), temperature: 1.5, seed: text };
}

interface Read {
  readonly text: string;
  readonly isWhole: boolean;
  readonly tokens: number | undefined;
}

/** @param pieces After which the client leaves. */
async function read(text: number, pieces: number): Promise<Read> {
  const controller = new AbortController();
  const stream = await client.completions.create(
    { ...wish(text), stream: true, stream_options: { include_usage: true } },
    { signal: controller.signal },
  );
  let result = "";
  let count = 0;
  for await (const { choices, usage } of stream) {
    if (usage) return { text: result, isWhole: true, tokens: usage.completion_tokens };
    result += choices[0]!.text;
    if (++count >= pieces) controller.abort();
  }
  return { text: result, isWhole: false, tokens: undefined };
}

test(
  "no token is lost or comes twice, and all slots are free afterwards",
  async () => {
    const alone: Read[] = [];
    for (let text = 0; text < TEXTS; text++) alone.push(await read(text, Number.POSITIVE_INFINITY));
    const written = new Set(alone.map(({ text }) => text));
    expect(written.size).toBeGreaterThan(TEXTS / 2);
    let next = 0;
    let whole = 0;
    async function ask(): Promise<void> {
      for (let request = next++; request < REQUESTS; request = next++) {
        const text = random(request, 0, TEXTS);
        const leaves = random(request, 1, 3) === 0;
        const found = await read(text, leaves ? 1 + random(request, 2, 10) : Number.POSITIVE_INFINITY);
        if (found.isWhole) expect(found, `request ${request}`).toEqual(alone[text]);
        else expect(alone[text]!.text.startsWith(found.text), `request ${request}: ${found.text}`).toBe(true);
        whole += found.isWhole ? 1 : 0;
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, ask));
    expect(whole).toBeGreaterThanOrEqual((REQUESTS * 2) / 3 - 50);
    expect(whole).toBeLessThan(REQUESTS - 100);
    while (node.serving.load.active + node.serving.load.queued > 0) await new Promise((done) => setTimeout(done, 5));
    expect(node.server.hasRoomFor(16 + 64)).toBe(true);
    expect(await read(0, Number.POSITIVE_INFINITY)).toEqual(alone[0]);
    expect(node.troubles).toEqual([]);
  },
  LIMIT_MS,
);
