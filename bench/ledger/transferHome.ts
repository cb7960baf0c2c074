/** A chain on disk, with 10,000 accounts and signed transfers that wait to be sent. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chain, initHome, openChain, readSequencer, SoloEngine } from "@neuroshard/node";
import { decimal, type SignatureScheme, signTransaction } from "@neuroshard/protocol";
import { keyOf, strangerOf } from "./people.ts";

const SENDERS = 500;
const ACCOUNTS = 10_000;
const TRANSFERS_PER_BLOCK = 2000;
const AMOUNT = decimal("0.01");

export interface TransferHome {
  readonly home: string;
  readonly chain: Chain;
  readonly engine: SoloEngine;
  remove(): Promise<void>;
}

export async function createTransferHome(scheme: SignatureScheme): Promise<TransferHome> {
  const folder = await mkdtemp(join(tmpdir(), "neuroshard-bench-"));
  const home = join(folder, "home");
  const funded = Array.from({ length: SENDERS }, (_, index) => keyOf(index).account);
  const others = Array.from({ length: ACCOUNTS - SENDERS }, (_, index) => strangerOf(index));
  const allocations = [...funded, ...others].map((account) => ({ account, amount: decimal("1000") }));
  await initHome({ home, name: "bench", preset: "devnet", allocations, createdAtMs: 0 });
  const sequencer = await readSequencer(home);
  const chain = openChain({ home, scheme, mempool: { mostPerSender: 1000, mostTransactions: 50_000 } });
  const engine = new SoloEngine(chain, { key: sequencer.key.reveal() });
  const remove = async (): Promise<void> => {
    chain.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { home, chain, engine, remove };
}

/** `round`: how many blocks of these were made before. */
export function signTransfers({ chain }: TransferHome, count: number, round: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const sender = index % SENDERS;
    const content = {
      networkId: chain.networkId,
      nonce: (round * count + index - sender) / SENDERS,
      lastHeight: chain.head().height + 100,
      body: {
        kind: "transfer",
        recipient: strangerOf((index * 7919) % (ACCOUNTS - SENDERS)),
        amount: AMOUNT,
        memo: "",
      },
    } as const;
    return signTransaction(content, keyOf(sender), chain.scheme).bytes;
  });
}

/** Each transfer checked on arrival, each block durable before the next. Transfers per second. */
export function sendTransfers({ chain, engine }: TransferHome, transfers: readonly Uint8Array[]): number {
  const startMs = performance.now();
  for (let from = 0; from < transfers.length; from += TRANSFERS_PER_BLOCK) {
    for (const bytes of transfers.slice(from, from + TRANSFERS_PER_BLOCK)) {
      const answer = chain.submit(bytes);
      if (answer.kind !== "pending") throw new Error(JSON.stringify(answer));
    }
    engine.produceBlock();
  }
  return (1000 * transfers.length) / (performance.now() - startMs);
}
