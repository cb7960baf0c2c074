/** What makes a home a member of a network of peers: its device, its account, its blobs; and how it takes part with them. */
import { join } from "node:path";
import type { Digest } from "@neuroshard/protocol";
import type { LimitsView } from "@neuroshard/sdk/api";
import { FileBlobStore } from "../blobs/fileBlobStore.ts";
import type { Chain } from "../chain/chain.ts";
import { NodeLimits } from "../operation/nodeLimits.ts";
import type { RoundEvent } from "../rounds/roundEvent.ts";
import { type RoundsParts, startRounds } from "../rounds/startRounds.ts";
import type { EngineFacts } from "../rounds/threadMessages.ts";
import type { Stoppable } from "../stopInOrder.ts";
import { type DeviceIdentity, openDeviceKey } from "./deviceKeyFile.ts";
import { type HomeAccount, openHomeAccount } from "./homeAccount.ts";
import { BLOB_FOLDER, type PeerOptions } from "./peerOptions.ts";
import { reportEquivocators } from "./reportEquivocators.ts";
import { type Peers, startPeers } from "./startPeers.ts";

export interface Membership {
  readonly home: string;
  readonly options: PeerOptions;
  readonly identity: DeviceIdentity;
  /** Owner of the device. */
  readonly account: HomeAccount;
  readonly blobs: FileBlobStore;
  readonly limits: NodeLimits;
}

const BYTES_PER_MB = 1e6;
const SHOWN_DIGITS = 16;

/** Makes a device key and a wallet where the home has none. Throws what its parts throw. */
export async function openMembership(
  home: string,
  options: PeerOptions,
  { onTrouble }: Pick<Listener, "onTrouble">,
): Promise<Membership> {
  const account = await openHomeAccount(home);
  const identity = await openDeviceKey(home);
  const folder = join(home, BLOB_FOLDER);
  const onDamage = (digest: Digest): void =>
    onTrouble?.(`blob ${digest.slice(0, SHOWN_DIGITS)} was damaged on the disk; it is fetched again when it is needed`);
  const blobs = new FileBlobStore({ folder, quotaBytes: options.storageBytes, onDamage });
  const limits = new NodeLimits(limitsOf(options));
  limits.subscribe(({ storageBytes }) => blobs.setQuota(storageBytes));
  return { home, options, identity, account, blobs, limits };
}

function limitsOf({ threads, memoryMb, storageBytes, roles }: PeerOptions): LimitsView {
  return { threads, memoryBytes: memoryMb * BYTES_PER_MB, storageBytes, isTraining: roles.includes("trainer") };
}

export interface Joined {
  readonly peers: Peers;
  /** That computes for rounds; undefined while none runs. */
  readonly engine: () => EngineFacts | undefined;
  /** In the order in which they started. */
  readonly parts: readonly Stoppable[];
}

interface Listener {
  readonly onRound?: (event: RoundEvent) => void;
  readonly onTrouble?: (message: string) => void;
}

/** Rounds begin as soon as the training data is here; until then the node follows the chain. */
export async function joinPeers(
  chain: Chain,
  membership: Membership,
  { onRound, onTrouble }: Listener,
  onFailure: (error: unknown) => void,
): Promise<Joined> {
  const tell = (message: string): void => onTrouble?.(message);
  const { createdPath } = membership.account;
  if (createdPath !== undefined)
    tell(`a wallet was made for what this device earns: ${createdPath}; keep a copy of it`);
  const peers = await startPeers({ ...membership, chain, onTrouble: tell });
  const watch = reportEquivocators({ chain, account: membership.account.key.reveal(), submit: peers.submit });
  peers.hear(watch.see);
  const training = chain.genesis.training;
  const stopping = new AbortController();
  const { signal } = stopping;
  let worker: { readonly engine: EngineFacts | undefined } | undefined;
  const onWorker: RoundsParts["onWorker"] = (started) => {
    worker = started;
  };
  const onEvent = (event: RoundEvent): void => onRound?.(event);
  const rounds =
    training === null
      ? Promise.resolve(undefined)
      : startRounds({ ...membership, chain, peers, training, onEvent, onWorker, signal }).catch((error: unknown) => {
          if (!signal.aborted) onFailure(error);
          return undefined;
        });
  const stopRounds = async (): Promise<void> => {
    stopping.abort(new Error("the node stops"));
    await (await rounds)?.stop();
  };
  return {
    peers,
    engine: () => worker?.engine,
    parts: [
      { name: "connections to peers", stop: () => peers.stop() },
      { name: "watch for contradictory work", stop: async () => watch.stop() },
      { name: "work for the rounds", stop: stopRounds },
    ],
  };
}
