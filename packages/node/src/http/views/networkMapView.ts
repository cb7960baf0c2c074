/** The devices of a network: facts of the chain, and what this node knows of their work and of the way to them. */
import {
  type Device,
  type DeviceKey,
  epochOf,
  formatAddress,
  type Params,
  paramsAt,
  type RoundRecord,
  roundKey,
  type State,
} from "@neuroshard/protocol";
import type { MappedDevice, NetworkMapView, PeersView } from "@neuroshard/sdk/api";
import type { DeviceProgress } from "../../operation/roundMonitor.ts";

export interface MapSources {
  readonly self: DeviceKey | undefined;
  readonly peers: PeersView["peers"];
  readonly progressOf: (device: DeviceKey) => DeviceProgress | undefined;
}

const MOST_DEVICES = 1000;

type ChainPart = Omit<MappedDevice, "name" | "isSelf" | "latencyMs" | "isConnected">;

interface ChainMap {
  readonly height: number;
  readonly round: RoundRecord | undefined;
  readonly devices: readonly ChainPart[];
  readonly deviceCount: number;
}

/** Made once a block: a state never changes. */
const maps = new WeakMap<State, ChainMap>();

export function networkMapView(state: State, sources: MapSources): NetworkMapView {
  const map = maps.get(state) ?? mapOf(state);
  maps.set(state, map);
  const { height, round, devices, deviceCount } = map;
  const peers = new Map(sources.peers.map((peer) => [peer.device, peer]));
  return {
    ...{ height, round: round?.number ?? 0, phase: round?.phase ?? "idle", deviceCount },
    devices: devices.map((known): MappedDevice => {
      const peer = peers.get(known.device);
      const progress = sources.progressOf(known.device as DeviceKey);
      return {
        ...known,
        slot: known.slot && { ...known.slot, progress: progressView(round, known.slot.index, progress) },
        name: progress?.name ?? null,
        isSelf: known.device === sources.self,
        latencyMs: peer?.latencyMs ?? null,
        isConnected: peer !== undefined,
      };
    }),
  };
}

function mapOf(state: State): ChainMap {
  const { tables, cells } = state;
  const { height } = cells.head;
  const params = paramsAt(state, height + 1);
  const round = tables.rounds.get(roundKey(cells.training.round));
  const slots = new Map(round?.slots.map(({ device }, index) => [device as string, index]));
  const all = [...tables.devices.entries()];
  const byImportance = all.sort(([a, one], [b, other]) => {
    const slotOrder = (slots.get(a) ?? Number.MAX_SAFE_INTEGER) - (slots.get(b) ?? Number.MAX_SAFE_INTEGER);
    return slotOrder || one.registeredAt - other.registeredAt;
  });
  const devices = byImportance.slice(0, MOST_DEVICES).map(([device, record]): ChainPart => {
    const standing = tables.standings.get(device);
    return {
      ...factsOf(device, record),
      isLive: isLive(state, device, record, { height, params }),
      lastRound: standing?.lastRound ?? 0,
      failedAudits: standing?.failedAudits ?? 0,
      slot: slotView(round, slots.get(device)),
    };
  });
  return { height, round, devices, deviceCount: all.length };
}

function factsOf(device: string, { account, facts, registeredAt }: Device) {
  const { roles, speed, memoryMb, softwareVersion } = facts;
  const address = formatAddress(account);
  return { device, account: address, roles: [...roles], speed, memoryMb, softwareVersion, registeredAt };
}

interface Moment {
  readonly height: number;
  readonly params: Params;
}

/** As the state machine sees it, see spec/rounds.md#R1. */
function isLive({ tables }: State, device: string, { registeredAt }: Device, { height, params }: Moment): boolean {
  const last = epochOf(height, { params }) - 1;
  const liveThrough = tables.liveness.get(device)?.liveThrough ?? null;
  return (liveThrough !== null && liveThrough >= last) || epochOf(registeredAt, { params }) >= last;
}

function slotView(round: RoundRecord | undefined, index: number | undefined): MappedDevice["slot"] {
  const slot = index === undefined ? undefined : round?.slots[index];
  if (index === undefined || slot === undefined) return null;
  const { steps, inclusion, commit } = slot;
  const phase = inclusion !== "open" ? inclusion : commit === null ? "training" : "committed";
  return { index, steps, phase, progress: null };
}

function progressView(
  round: RoundRecord | undefined,
  slot: number,
  progress: DeviceProgress | undefined,
): NonNullable<MappedDevice["slot"]>["progress"] {
  if (progress === undefined || progress.round !== round?.number || progress.slot !== slot) return null;
  const { stepsDone, stepsOf, tokensPerSecond, loss } = progress;
  return { stepsDone, stepsOf, tokensPerSecond, loss };
}
