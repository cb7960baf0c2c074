import type { Digest } from "@neuroshard/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { person, signed } from "../../test/chain/people.ts";
import { makeBlocks, openNode, openTestChain, refusal, testHome } from "../../test/chain/testNetwork.ts";
import { readSequencer } from "../chain/homeFiles.ts";
import type { TransactionRejection } from "./engine.ts";
import { SoloEngine } from "./soloEngine.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

test("every BLOCK_SECONDS there is a block, also an empty one, until the engine stops", async () => {
  const home = await testHome(undefined, { "protocol.time.BLOCK_SECONDS": 1 });
  const chain = openTestChain(home);
  const engine = new SoloEngine(chain, { key: (await readSequencer(home)).key.reveal() });
  engine.start((error) => expect.fail(String(error)));
  vi.advanceTimersByTime(5_500);
  expect(chain.head().height).toBe(6);
  engine.stop();
  vi.advanceTimersByTime(5_000);
  expect(chain.head().height).toBe(6);
  const times = [1, 2, 3, 4, 5, 6].map(
    (height) => chain.header(height)!.header.timeMs - chain.header(1)!.header.timeMs,
  );
  expect(times).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
});

test("what stops the engine is told", async () => {
  const home = await testHome();
  const chain = openTestChain(home);
  const engine = new SoloEngine(chain, { key: (await readSequencer(home)).key.reveal() });
  const failures: unknown[] = [];
  engine.start((error) => failures.push(error));
  chain.close();
  vi.advanceTimersByTime(10_000);
  expect(failures).toHaveLength(1);
});

test("header times grow even where the clock is set back", async () => {
  const node = await openNode(await testHome());
  makeBlocks(node, 3);
  expect([1, 2, 3].map((height) => node.chain.header(height)!.header.timeMs)).toEqual([1000, 1001, 1002]);
});

test("only the sequencer of the genesis can sign blocks", async () => {
  const chain = openTestChain(await testHome());
  expect(await refusal(() => new SoloEngine(chain, { key: person("ada") }))).toMatchObject({ code: "NOT_SEQUENCER" });
});

test("what turns out to be impossible in a proposal is left out, and the queue is told why", async () => {
  const home = await testHome();
  const chain = openTestChain(home);
  const dropped: string[] = [];
  const candidates = [0, 5, 1].map((nonce) => signed(chain, { from: "ada", nonce }));
  const mempool = {
    candidates: () => candidates,
    drop: (_: Digest, { code }: TransactionRejection) => dropped.push(code),
  };
  const { application, networkId, sequencer, scheme } = chain;
  const parts = { application, networkId, sequencer, scheme, mempool, blockSeconds: () => 1 };
  const engine = new SoloEngine(parts, { key: (await readSequencer(home)).key.reveal() });
  expect(engine.produceBlock().header.transactionCount).toBe(2);
  expect(dropped).toEqual(["NONCE_FUTURE"]);
});
