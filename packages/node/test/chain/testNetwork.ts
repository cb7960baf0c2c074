/** A network in a temporary folder for tests: real files, real keys, real signatures. People's keys follow from their names. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AccountKey,
  accountKeyOf,
  type Digest,
  sha256,
  signTransaction,
  type TransactionBody,
} from "@neuroshard/protocol";
import { onTestFinished } from "vitest";
import { type Chain, type ChainOptions, openChain } from "../../src/chain/chain.ts";
import { initHome, readSequencer } from "../../src/chain/homeFiles.ts";
import { SoloEngine } from "../../src/consensus/soloEngine.ts";

const NEURO = 10n ** 18n;

export interface TestNode {
  readonly home: string;
  readonly chain: Chain;
  readonly engine: SoloEngine;
}

export function person(name: string): AccountKey {
  return accountKeyOf(sha256(new TextEncoder().encode(name)));
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "neuroshard-chain-"));
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A home in which each of these has 1000 NEURO. */
export async function testHome(names: readonly string[] = ["ada", "ben"]): Promise<string> {
  const home = join(await temporaryFolder(), "home");
  const allocations = names.map((name) => ({ account: person(name).account, amount: 1000n * NEURO }));
  await initHome({ home, name: "test", preset: "minimal", allocations, createdAtMs: 0 });
  return home;
}

/** Opens a home until the end of the test. Time stands still. */
export async function openNode(home: string, options: Partial<ChainOptions> = {}): Promise<TestNode> {
  const chain = openChain({ home, isAudited: true, ...options });
  onTestFinished(() => chain.close());
  const sequencer = await readSequencer(home);
  return { home, chain, engine: new SoloEngine(chain, { key: sequencer.key.reveal(), now: () => 1_000 }) };
}

export interface Sent {
  readonly from: string;
  readonly nonce: number;
  readonly body?: TransactionBody;
  readonly lastHeight?: number;
  readonly networkId?: Digest;
}

/** A transfer of one NEURO to Ben where nothing else is said. */
export function signed(chain: Chain, { from, nonce, body, lastHeight, networkId }: Sent): Uint8Array {
  const content = {
    networkId: networkId ?? chain.networkId,
    nonce,
    lastHeight: lastHeight ?? chain.head().height + 100,
    body: body ?? { kind: "transfer", recipient: person("ben").account, amount: NEURO, memo: "" },
  } as const;
  return signTransaction(content, person(from), chain.scheme).bytes;
}
