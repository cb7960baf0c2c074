/** What this process knows of rounds beyond the chain: how far devices are, as they tell it, for the API and its event stream. */
import type { DeviceKey } from "@neuroshard/protocol";
import type { RoundEventView } from "@neuroshard/sdk/api";
import type { RoundEvent } from "../rounds/roundEvent.ts";

/** Of one device in its slot. */
export interface DeviceProgress {
  readonly device: DeviceKey;
  /** On this machine; undefined for the device of this process. */
  readonly name?: string;
  readonly round: number;
  readonly slot: number;
  readonly stepsDone: number;
  readonly stepsOf: number;
  /** Nats. */
  readonly loss: number | null;
  readonly tokensPerSecond: number | null;
}

type Listener = (event: RoundEventView) => void;

/** More devices than one machine runs. */
const MOST_DEVICES = 256;

export class RoundMonitor {
  readonly #device: DeviceKey | undefined;
  readonly #progress = new Map<DeviceKey, DeviceProgress>();
  readonly #listeners = new Set<Listener>();

  /** @param device Of this process. */
  constructor(device: DeviceKey | undefined) {
    this.#device = device;
  }

  /** Of the round driver of this process. */
  note(event: RoundEvent): void {
    switch (event.kind) {
      case "phase":
        this.#tell({ kind: "phase", round: event.round, phase: event.phase, deadline: event.deadline });
        break;
      case "progress":
        this.#noteOwn(event);
        break;
      case "model": {
        const { round, model, validationLoss = null } = event;
        this.#tell({ kind: "model", round, digest: model.weights, validationLoss });
        break;
      }
      case "settled": {
        const { round, slot, outcome, isOwn } = event;
        this.#tell({ kind: "settled", round, slot, outcome, isOwn });
        break;
      }
      default:
    }
  }

  /** Also of another process on this machine. */
  noteProgress(progress: DeviceProgress): void {
    const { device, round, slot, stepsDone, stepsOf, loss, tokensPerSecond } = progress;
    if (!this.#progress.has(device) && this.#progress.size >= MOST_DEVICES) return;
    this.#progress.set(device, progress);
    this.#tell({ kind: "progress", device, round, slot, stepsDone, stepsOf, loss, tokensPerSecond });
  }

  progressOf(device: DeviceKey): DeviceProgress | undefined {
    return this.#progress.get(device);
  }

  /** Of all devices that are heard of. */
  progress(): readonly DeviceProgress[] {
    return [...this.#progress.values()];
  }

  /** Returns how to end it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #noteOwn(event: Extract<RoundEvent, { readonly kind: "progress" }>): void {
    if (this.#device === undefined) return;
    const { round, slot, steps: stepsDone, of: stepsOf, loss, tokensPerSecond } = event;
    this.noteProgress({ device: this.#device, round, slot, stepsDone, stepsOf, loss, tokensPerSecond });
  }

  #tell(event: RoundEventView): void {
    for (const listener of this.#listeners) listener(event);
  }
}
