/** The stream of new blocks. */
import { expect, test } from "vitest";
import { startHttp } from "../../src/http/startHttp.ts";
import { openNode, testHome } from "../chain/testNetwork.ts";
import { startNode } from "./httpNode.ts";

const MOST_STREAMS = 128;

async function listen(url: string): Promise<Response> {
  return fetch(`${url}/api/v1/events`);
}

test("each new block is one event with its height, to everybody who listens", async () => {
  const { url, engine, chain } = await startNode();
  const responses = [await listen(url), await listen(url)];
  engine.produceBlock();
  for (const { headers, body } of responses) {
    expect(headers.get("content-type")).toBe("text/event-stream");
    expect(headers.get("cache-control")).toBe("no-store");
    const reader = body!.getReader();
    let text = "";
    while (!text.includes("data: ")) text += new TextDecoder().decode((await reader.read()).value);
    const { digest } = chain.head();
    expect(text).toContain("event: block\nid: 1\n");
    expect(JSON.parse(/data: (.*)\n/.exec(text)![1]!)).toEqual({
      height: 1,
      hash: digest,
      timeMs: 1_000,
      transactionCount: 0,
    });
    await reader.cancel();
  }
});

test("as many may listen as the node can serve, the next is told to come later; who leaves makes room", async () => {
  const { url } = await startNode();
  const open = await Promise.all(Array.from({ length: MOST_STREAMS }, () => listen(url)));
  const refused = await listen(url);
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: { code: "UNAVAILABLE" } });
  await open[0]!.body!.cancel();
  let status = 503;
  for (let tries = 0; status === 503 && tries < 200; tries++) ({ status } = await listen(url));
  expect(status).toBe(200);
});

test("a server that closes ends its streams", async () => {
  const { chain } = await openNode(await testHome());
  const server = await startHttp({ chain, port: 0 });
  const { body } = await listen(server.url);
  await server.close();
  const reader = body!.getReader();
  let isDone = false;
  while (!isDone) ({ done: isDone } = await reader.read().catch(() => ({ done: true })));
  await expect(listen(server.url)).rejects.toThrow();
});
