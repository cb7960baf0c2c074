/** The chain of a simulated network: the store, pool and engine of real nodes, with blocks in virtual time. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "@neuroshard/network";
import {
  type Chain,
  type EquivocationWatch,
  initHome,
  openChain,
  type ReplayedChain,
  readSequencer,
  recoverWallet,
  reportEquivocators,
  Secret,
  SoloEngine,
  verifyChain,
} from "@neuroshard/node";
import {
  type AccountId,
  type AccountKey,
  type Amount,
  type DeviceKey,
  type Digest,
  type DraftEvent,
  type Genesis,
  mnemonicFromEntropy,
  type Receipt,
  type SignatureScheme,
  type State,
  signTransaction,
  type TransactionBody,
} from "@neuroshard/protocol";

type Submission = ReturnType<Chain["submit"]>;

export interface SharedChainOptions {
  readonly clock: Clock;
  readonly validators: Genesis["validators"];
  readonly allocations: readonly { readonly account: AccountId; readonly amount: Amount }[];
  readonly overrides: Genesis["overrides"];
  readonly training: Genesis["training"];
}

interface Hearing {
  readonly device: DeviceKey;
  readonly watch: EquivocationWatch;
}

const VALID_BLOCKS = 100;
const ENTROPY_BYTES = 16;

function eventsOf({ outcome }: Receipt): readonly DraftEvent[] {
  return outcome.kind === "accepted" ? outcome.events : [];
}

export class SharedChain {
  readonly #chain: Chain;
  readonly #folder: string;
  readonly #home: string;
  readonly #cutOff = new Set<DeviceKey>();
  readonly #hearing = new Set<Hearing>();
  #cancelNext: () => void = () => undefined;

  private constructor(chain: Chain, folder: string, home: string) {
    this.#chain = chain;
    this.#folder = folder;
    this.#home = home;
  }

  static async create(options: SharedChainOptions): Promise<SharedChain> {
    const { clock, validators, allocations, overrides, training } = options;
    const folder = await mkdtemp(join(tmpdir(), "neuroshard-sim-"));
    const home = join(folder, "home");
    const network = { home, name: "sim", preset: "minimal", createdAtMs: 0 } as const;
    // The network id hangs on it, and on that every lot that is drawn.
    const phrase = new Secret(mnemonicFromEntropy(new Uint8Array(ENTROPY_BYTES)));
    await mkdir(home);
    await recoverWallet(join(home, "sequencer.json"), { phrase, derivation: "bip32" });
    await initHome({ ...network, validators, allocations: [...allocations], overrides, training });
    const chain = openChain({ home, isAudited: true });
    const key = (await readSequencer(home)).key.reveal();
    const engine = new SoloEngine(chain, { key, now: () => clock.nowMs() });
    const shared = new SharedChain(chain, folder, home);
    const next = (): void => {
      shared.#cancelNext = clock.after(chain.blockSeconds() * 1000, () => {
        engine.produceBlock();
        next();
      });
    };
    next();
    return shared;
  }

  get state(): State {
    return this.#chain.state;
  }

  get networkId(): Digest {
    return this.#chain.networkId;
  }

  get scheme(): SignatureScheme {
    return this.#chain.scheme;
  }

  /** The state after each block, and what happened in it. Returns how to end it. */
  subscribe(listener: (state: State, events: readonly DraftEvent[]) => void): () => void {
    return this.#chain.subscribe(({ executed: { state, receipts } }) => listener(state, receipts.flatMap(eventsOf)));
  }

  /** What a node that is cut off sends waits until it comes back and sends it again. */
  submit(bytes: Uint8Array, from: DeviceKey): Submission {
    const nobody = { kind: "pending", transactionId: this.networkId, isKnown: false } as const;
    if (this.isCutOff(from)) return nobody;
    const answer = this.#chain.submit(bytes);
    for (const { device, watch } of this.#hearing) if (device !== from && !this.isCutOff(device)) watch.see(bytes);
    return answer;
  }

  /** A device hears what the others send, as by gossip, and reports what contradicts itself. Returns how to end it. */
  watch(device: DeviceKey, account: AccountKey): () => void {
    const watch = reportEquivocators({ chain: this.#chain, account, submit: (bytes) => this.submit(bytes, device) });
    const hearing = { device, watch };
    this.#hearing.add(hearing);
    return () => {
      this.#hearing.delete(hearing);
      watch.stop();
    };
  }

  /** As the owner of an account. */
  send(from: AccountKey, body: TransactionBody): Submission {
    const { state, networkId, scheme, mempool } = this.#chain;
    const accepted = state.tables.accounts.get(from.account)?.nonce ?? 0;
    const nonce = accepted + mempool.pendingOf(from.account);
    const lastHeight = state.cells.head.height + VALID_BLOCKS;
    return this.#chain.submit(signTransaction({ networkId, nonce, lastHeight, body }, from, scheme).bytes);
  }

  /** From the genesis, as `neuroshard verify` does. Throws NodeError where it does not follow. */
  async replay(): Promise<ReplayedChain> {
    return await verifyChain(this.#home, { isAudited: true });
  }

  setCutOff(device: DeviceKey, isCutOff: boolean): void {
    if (isCutOff) this.#cutOff.add(device);
    else this.#cutOff.delete(device);
  }

  isCutOff(device: DeviceKey): boolean {
    return this.#cutOff.has(device);
  }

  async close(): Promise<void> {
    this.#cancelNext();
    this.#chain.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
