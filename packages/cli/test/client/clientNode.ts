/** A client of a real server over a real chain in a temporary home, until the end of the test. People's keys follow from their names. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chain, initHome, openChain, readSequencer, SoloEngine, startHttp } from "@neuroshard/node";
import {
  type AccountKey,
  accountKeyOf,
  type Client,
  createClient,
  formatAddress,
  type Signer,
  sha256,
  signAndSend,
  signerOf,
  type TransactionBody,
  waitForTransaction,
} from "@neuroshard/sdk";
import { onTestFinished } from "vitest";

export const NEURO = 10n ** 18n;

export interface ClientNode {
  readonly client: Client;
  readonly chain: Chain;
  readonly url: string;
  /** Makes blocks. */
  produce(count?: number): void;
  produceUpTo(height: number): void;
}

export function keyOf(name: string): AccountKey {
  return accountKeyOf(sha256(new TextEncoder().encode(name)));
}

export function signerFor(name: string): Signer {
  return signerOf(keyOf(name));
}

export function addressOf(name: string): string {
  return formatAddress(keyOf(name).account);
}

/** Ada and Ben have 1000 NEURO each. */
export async function startClientNode(): Promise<ClientNode> {
  const folder = await mkdtemp(join(tmpdir(), "neuroshard-client-"));
  const home = join(folder, "home");
  const allocations = ["ada", "ben"].map((name) => ({ account: keyOf(name).account, amount: 1000n * NEURO }));
  await initHome({ home, name: "test", preset: "minimal", allocations, createdAtMs: 0 });
  const chain = openChain({ home, isAudited: true });
  const engine = new SoloEngine(chain, { key: (await readSequencer(home)).key.reveal(), now: () => 1_000 });
  const server = await startHttp({ chain, port: 0 });
  onTestFinished(async () => {
    await server.close();
    chain.close();
    await rm(folder, { recursive: true, force: true });
  });
  function produce(count = 1): void {
    for (let made = 0; made < count; made++) engine.produceBlock();
  }
  const produceUpTo = (height: number): void => produce(height - chain.head().height);
  return { client: createClient({ baseUrl: server.url }), chain, url: server.url, produce, produceUpTo };
}

/** Sends, makes a block, waits. */
export async function act({ client, produce }: ClientNode, name: string, body: TransactionBody) {
  const { transactionId } = await signAndSend(client, signerFor(name), body);
  produce();
  return waitForTransaction(client, transactionId);
}
