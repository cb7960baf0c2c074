/** A node that follows another one over HTTP. */
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openChain } from "../../src/chain/chain.ts";
import { catchUp, joinNetwork, startFromSnapshot } from "../../src/chain/follow.ts";
import { httpBlockSource } from "../../src/http/httpBlockSource.ts";
import { signed } from "../chain/people.ts";
import { temporaryFolder } from "../chain/testNetwork.ts";
import { startNode } from "./httpNode.ts";

async function follower(baseUrl: string) {
  const home = join(await temporaryFolder(), "home");
  const source = httpBlockSource({ baseUrl });
  await joinNetwork(home, source);
  const chain = openChain({ home, isAudited: true });
  onTestFinished(() => chain.close());
  return { chain, source };
}

async function nodeWithBlocks(options = {}) {
  const node = await startNode(options);
  for (let nonce = 0; nonce < 3; nonce++) {
    node.chain.submit(signed(node.chain, { from: "ada", nonce }));
    node.engine.produceBlock();
  }
  return node;
}

test("a follower has the blocks of the node that it follows, and the same state", async () => {
  const node = await nodeWithBlocks();
  const { chain, source } = await follower(node.url);
  expect(await catchUp(chain, source)).toBe(3);
  expect(chain.head()).toEqual(node.chain.head());
  node.engine.produceBlock();
  expect(await catchUp(chain, source)).toBe(1);
});

test("whoever joins late begins from a snapshot", async () => {
  const node = await nodeWithBlocks();
  const { chain, source } = await follower(node.url);
  const height = await startFromSnapshot(chain, source);
  expect(height).toBeGreaterThan(0);
  await catchUp(chain, source);
  expect(chain.head()).toEqual(node.chain.head());
});

test("a source that is not there, or is no node, is SOURCE_UNREACHABLE", async () => {
  const node = await startNode();
  await expect(httpBlockSource({ baseUrl: "http://127.0.0.1:1" }).head()).rejects.toMatchObject({
    code: "SOURCE_UNREACHABLE",
  });
  const source = httpBlockSource({ baseUrl: node.url });
  expect(await source.block(7)).toBeUndefined();
  expect(await source.snapshotChunk(7, 0)).toBeUndefined();
  expect(await source.snapshot()).toBeUndefined();
});
