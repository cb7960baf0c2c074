/** A network in a temporary folder for tests: real files, real keys, real signatures. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { overridesOf, type ParamOverrides, type SignedHeader } from "@neuroshard/protocol";
import { onTestFinished } from "vitest";
import { type Chain, type ChainOptions, openChain } from "../../src/chain/chain.ts";
import { initHome, readSequencer } from "../../src/chain/homeFiles.ts";
import { SoloEngine } from "../../src/consensus/soloEngine.ts";
import { NodeError } from "../../src/nodeError.ts";
import { NEURO, person, signed } from "./people.ts";

export interface TestNode {
  readonly home: string;
  readonly chain: Chain;
  readonly engine: SoloEngine;
  /** Makes a block of these and of nothing that waits. */
  blockOf(...candidates: readonly Uint8Array[]): SignedHeader;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "neuroshard-chain-"));
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A home in which each of these has 1000 NEURO. */
export async function testHome(
  names: readonly string[] = ["ada", "ben"],
  params: ParamOverrides = {},
): Promise<string> {
  const home = join(await temporaryFolder(), "home");
  const allocations = names.map((name) => ({ account: person(name).account, amount: 1000n * NEURO }));
  const overrides = [...overridesOf(params)].map(([key, value]) => ({ key, value }));
  await initHome({ home, name: "test", preset: "minimal", allocations, overrides, createdAtMs: 0 });
  return home;
}

/** Opens a home until the end of the test. */
export function openTestChain(home: string, options: Partial<ChainOptions> = {}): Chain {
  const chain = openChain({ home, isAudited: true, ...options });
  onTestFinished(() => chain.close());
  return chain;
}

/** With the engine of its sequencer, for which time stands still. */
export async function openNode(home: string, options: Partial<ChainOptions> = {}): Promise<TestNode> {
  const sequencer = await readSequencer(home);
  const chain = openTestChain(home, options);
  const engineOptions = { key: sequencer.key.reveal(), now: () => 1_000 };
  return {
    home,
    chain,
    engine: new SoloEngine(chain, engineOptions),
    blockOf(...candidates) {
      const { application, networkId, sequencer: publicKey, scheme } = chain;
      const mempool = { candidates: () => candidates, drop: () => undefined };
      const parts = { application, networkId, sequencer: publicKey, scheme, mempool, blockSeconds: () => 1 };
      return new SoloEngine(parts, engineOptions).produceBlock();
    },
  };
}

/** Blocks with one transfer from Ada to Ben each. */
export function makeBlocks({ chain, engine }: TestNode, count: number): void {
  for (let made = 0; made < count; made++) {
    const nonce = chain.state.tables.accounts.get(person("ada").account)!.nonce;
    chain.submit(signed(chain, { from: "ada", nonce }));
    engine.produceBlock();
  }
}

/** A home with some blocks, closed. */
export async function homeWithBlocks(count: number): Promise<string> {
  const node = await openNode(await testHome());
  makeBlocks(node, count);
  node.chain.close();
  return node.home;
}

/** The error of an action that is refused. */
export async function refusal(action: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await action();
  } catch (error) {
    if (error instanceof NodeError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("the action was not refused");
}
