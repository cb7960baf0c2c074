/** What a node does for the training of its network: its worker, its registration and the round driver, started in this order. */
import { join } from "node:path";
import { realClock } from "@neuroshard/network";
import { type Digest, RELEASE_VERSION, type TrainingGenesis } from "@neuroshard/protocol";
import type { LimitsView } from "@neuroshard/sdk/api";
import { expectedClassDigest } from "@neuroshard/tensor";
import type { FileBlobStore } from "../blobs/fileBlobStore.ts";
import type { Chain } from "../chain/chain.ts";
import { formatVersion } from "../http/views/upgradeView.ts";
import type { NodeLimits } from "../operation/nodeLimits.ts";
import type { DeviceIdentity } from "../peers/deviceKeyFile.ts";
import type { HomeAccount } from "../peers/homeAccount.ts";
import type { PeerOptions } from "../peers/peerOptions.ts";
import { type DeviceFacts, keepRegistered } from "../peers/registerDevice.ts";
import type { Peers } from "../peers/startPeers.ts";
import { createDeviceSubmitter } from "./deviceSubmitter.ts";
import { fetchTrainingData } from "./fetchTrainingData.ts";
import { openFileJournal } from "./fileJournal.ts";
import { measureSpeed } from "./measureSpeed.ts";
import { type RoundDriver, startRoundDriver } from "./roundDriver.ts";
import type { RoundEvent } from "./roundEvent.ts";
import type { EngineFacts } from "./threadMessages.ts";
import { ThreadWorker } from "./threadWorker.ts";

export interface RoundsParts {
  readonly home: string;
  readonly chain: Chain;
  readonly identity: DeviceIdentity;
  /** Owner of the device. */
  readonly account: HomeAccount;
  readonly blobs: FileBlobStore;
  readonly peers: Peers;
  readonly options: PeerOptions;
  readonly training: TrainingGenesis;
  readonly limits: NodeLimits;
  readonly onEvent: (event: RoundEvent) => void;
  /** Told which engine computes, whenever somebody asks. */
  readonly onWorker: (worker: { readonly engine: EngineFacts | undefined }) => void;
  readonly signal: AbortSignal;
}

export interface Rounds {
  readonly driver: RoundDriver;
  stop(): Promise<void>;
}

const BYTES_PER_MB = 1e6;
const JOURNAL_FOLDER = "rounds";
/** Inner steps in 1000 seconds, where nobody trains. */
const NO_SPEED = 1;
/** How long the work has to come to an end by itself when the node stops. */
const MOST_STEP_MS = 3000;

export async function startRounds(parts: RoundsParts): Promise<Rounds> {
  const { home, chain, blobs, peers, options, training, limits, signal } = parts;
  const onWaiting = (message: string): void => parts.onEvent({ kind: "trouble", message });
  await fetchTrainingData({ training, blobs, network: peers.network, signal, onWaiting });
  const worker = new ThreadWorker({ training, blobs, engine: undefined, threads: limits.current.threads });
  parts.onWorker(worker);
  const stopFollowing = limits.subscribe(({ threads }) => worker.setThreads(threads));
  const trains = options.roles.includes("trainer");
  let speed = trains ? await measureSpeed(worker, training) : NO_SPEED;
  const stopRegistering = keepRegistered({
    ...{ chain, identity: parts.identity, account: parts.account.key.reveal() },
    facts: () => factsOf(options, limits.current, speed),
    submit: peers.submit,
    onTrouble: (message) => parts.onEvent({ kind: "trouble", message }),
  });
  const submitter = createSubmitter(parts);
  const driver = await startRoundDriver({
    chain: { state: () => chain.state, subscribe: (listener) => chain.subscribe(listener), submit: submitter.submit },
    ...{ network: peers.network, worker, blobs, journal: openFileJournal(join(home, JOURNAL_FOLDER)) },
    ...{ clock: realClock, device: parts.identity.device },
    onEvent(event) {
      if (event.kind === "progress" && event.tokensPerSecond > 0) {
        const stepsPerSecond = event.tokensPerSecond / (training.batch * training.context);
        speed = Math.max(1, Math.round(stepsPerSecond * 1000));
      }
      parts.onEvent(event);
    },
  });
  return {
    driver,
    async stop() {
      const { promise: enough, resolve } = Promise.withResolvers<void>();
      const cancel = realClock.after(MOST_STEP_MS, resolve);
      const stopped = driver.stop();
      // A step that takes longer is cut off with the thread that computes it.
      await Promise.race([stopped, enough]);
      cancel();
      submitter.stop();
      stopRegistering();
      stopFollowing();
      await worker.close();
      await stopped;
    },
  };
}

function createSubmitter({ chain, identity, peers, onEvent }: RoundsParts) {
  return createDeviceSubmitter({
    ...{ networkId: chain.networkId, scheme: chain.scheme, key: identity.key.reveal() },
    state: () => chain.state,
    subscribe: (listener) => chain.subscribe(listener),
    send: peers.submit,
    onRefusal: (kind, code) => onEvent({ kind: "trouble", message: `${kind} is refused: ${code}` }),
  });
}

function factsOf({ roles }: PeerOptions, { memoryBytes, isTraining }: LimitsView, speed: number): DeviceFacts {
  return {
    roles: rolesNow(roles, isTraining),
    memoryMb: Math.floor(memoryBytes / BYTES_PER_MB),
    speed,
    // An engine of another class does not start.
    numericClass: expectedClassDigest as Digest,
    softwareVersion: formatVersion(RELEASE_VERSION),
    features: [],
  };
}

/** Who pauses takes no slots in new rounds. A device needs a role, so who did nothing else observes meanwhile. */
function rolesNow(roles: PeerOptions["roles"], isTraining: boolean): DeviceFacts["roles"] {
  if (isTraining) return [...roles];
  const others = roles.filter((role) => role !== "trainer");
  return others.length === 0 ? ["observer"] : others;
}
