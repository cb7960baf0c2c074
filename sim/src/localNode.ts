/**
 * One node of a simulated network: the round driver of real nodes on simulated peers, worker and time. Its disk outlives
 * its process, so it can be killed and started again.
 */
import type { Clock, MemoryNetwork, PeerNetwork } from "@neuroshard/network";
import {
  createDeviceSubmitter,
  type DeviceSubmitter,
  type JournalFiles,
  type RoundChain,
  type RoundDriver,
  type RoundEvent,
  startRoundDriver,
} from "@neuroshard/node";
import { type AccountKey, bytesToHex, type DeviceKey, deviceAcceptanceHash, type State } from "@neuroshard/protocol";
import type { RoundWorker } from "@neuroshard/training";
import type { SharedChain } from "./sharedChain.ts";
import { SimBlobs } from "./simBlobs.ts";
import { simKey } from "./simKey.ts";
import { keepDialling, openPeers } from "./simPeers.ts";

export interface LocalNodeOptions {
  readonly name: string;
  readonly roles: readonly ("trainer" | "validator" | "observer")[];
  /** That its disk has room for, beside those that it must keep. */
  readonly mostBlobs: number;
  /** Virtual milliseconds of one inner step. */
  readonly stepMs: number;
  /** Made anew at each start, as everything of a process. */
  readonly worker: (blobs: SimBlobs, clock: Clock) => RoundWorker;
  readonly memory: MemoryNetwork;
  /** Addresses of the others, whether they run or not. */
  readonly others: () => readonly string[];
  readonly chain: SharedChain;
  /** Between a block and this node's knowing it. */
  readonly latencyMs: number;
  readonly onEvent: (event: RoundEvent) => void;
  /** What a false node does to its view of the chain. */
  readonly disguise?: (chain: RoundChain) => RoundChain;
}

const MEMORY_MB = 4000;

interface Process {
  readonly network: PeerNetwork;
  readonly submitter: DeviceSubmitter;
  readonly leaveChain: () => void;
  readonly stopWatching: () => void;
  driver: RoundDriver | undefined;
}

export class LocalNode {
  readonly name: string;
  readonly account: AccountKey;
  readonly deviceKey: AccountKey;
  readonly blobs: SimBlobs;
  readonly journal = new Map<string, Uint8Array>();
  readonly #options: LocalNodeOptions;
  #process: Process | undefined;

  constructor(options: LocalNodeOptions) {
    this.#options = options;
    this.name = options.name;
    this.blobs = new SimBlobs(options.mostBlobs);
    this.account = simKey(options.name);
    this.deviceKey = simKey(`device of ${options.name}`);
  }

  get device(): DeviceKey {
    return bytesToHex(this.deviceKey.publicKey) as DeviceKey;
  }

  get driver(): RoundDriver | undefined {
    return this.#process?.driver;
  }

  async start(): Promise<void> {
    const { chain, memory, latencyMs, worker, disguise = (plain) => plain } = this.#options;
    const { blobs, device } = this;
    const transport = memory.join(device);
    const { clock } = transport;
    this.#register();
    const listeners = new Set<() => void>();
    let state: State = chain.state;
    const isAlive = (): boolean => this.#process === process;
    const leaveChain = chain.subscribe((next) => {
      clock.after(latencyMs, () => {
        if (!isAlive() || chain.isCutOff(device)) return;
        state = next;
        for (const listener of listeners) listener();
      });
    });
    const subscribe = (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    const network = openPeers({ transport, blobs, chain, headHeight: () => state.cells.head.height });
    network.serve("head", async () => ({ height: state.cells.head.height }));
    const submitter = createDeviceSubmitter({
      ...{ networkId: chain.networkId, scheme: chain.scheme, key: this.deviceKey, state: () => state, subscribe },
      send: (bytes) => chain.submit(bytes, device),
      onRefusal: (kind, code) => this.#tell(process, { kind: "trouble", message: `${kind} is refused: ${code}` }),
    });
    const stopWatching = chain.watch(device, this.account);
    const process: Process = { network, submitter, leaveChain, stopWatching, driver: undefined };
    this.#process = process;
    keepDialling(network, clock, this.#options.others);
    process.driver = await startRoundDriver({
      chain: disguise({ state: () => state, subscribe, submit: (body) => isAlive() && submitter.submit(body) }),
      ...{ network, worker: worker(blobs, clock), blobs, journal: this.#journalFiles(isAlive), clock, device },
      onEvent: (event) => this.#tell(process, event),
    });
  }

  /** The process is gone at once; the disk stays as it is. */
  kill(): void {
    const process = this.#process;
    this.#process = undefined;
    process?.leaveChain();
    process?.submitter.stop();
    process?.stopWatching();
    if (process !== undefined) this.#options.memory.kill(this.device);
    void process?.driver?.stop();
  }

  #tell(process: Process, event: RoundEvent): void {
    if (this.#process === process) this.#options.onEvent(event);
  }

  #register(): void {
    const { chain, roles, stepMs } = this.#options;
    if (chain.state.tables.devices.get(this.device) !== undefined) return;
    const hash = deviceAcceptanceHash(chain.networkId, this.account.account);
    chain.send(this.account, {
      kind: "registerDevice",
      device: this.device,
      deviceSignature: chain.scheme.sign(hash, this.deviceKey.privateKey),
      facts: {
        roles: [...roles],
        memoryMb: MEMORY_MB,
        speed: Math.round(1_000_000 / stepMs),
        numericClass: chain.networkId,
        softwareVersion: "sim",
        features: [],
      },
    });
  }

  #journalFiles(isAlive: () => boolean): JournalFiles {
    const { journal } = this;
    return {
      list: async () => [...journal.keys()],
      read: async (name) => journal.get(name),
      async write(name, bytes) {
        if (isAlive()) journal.set(name, bytes);
      },
      async remove(name) {
        if (isAlive()) journal.delete(name);
      },
    };
  }
}
