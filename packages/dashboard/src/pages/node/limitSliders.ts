/** The limits of the node as sliders: where each ends, in which steps it moves, and how its place reads. */
import type { LimitsChange, LimitsView } from "@neuroshard/sdk";
import { formatBytes } from "../../format/formatQuantity.ts";

export type SliderKey = "threads" | "memoryBytes" | "storageBytes";

export interface Slider {
  readonly key: SliderKey;
  readonly label: string;
  readonly hint: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly value: number;
  readonly text: string;
  /** The change that moving it to this place is. */
  changeTo(value: number): LimitsChange;
}

const BYTES_PER_GB = 1e9;
const LEAST_GB = 0.5;
/** How far beyond the present limit a slider reaches at least. */
const ROOM_FACTOR = 2;
const LEAST_ROOM_GB = 16;

/** `cores`: of this machine. */
export function limitSliders(limits: LimitsView, cores: number): readonly Slider[] {
  return [
    {
      key: "threads",
      label: "Threads",
      hint: "of the engine that trains; from the next round on",
      ...{ least: 1, most: Math.max(cores, limits.threads), step: 1, value: limits.threads },
      text: limits.threads === 1 ? "1 thread" : `${limits.threads} threads`,
      changeTo: (threads) => ({ threads }),
    },
    bytesSlider(limits, "memoryBytes", "Memory", "larger models are not trained here"),
    bytesSlider(limits, "storageBytes", "Storage", "room for models and contributions"),
  ];
}

function bytesSlider(limits: LimitsView, key: "memoryBytes" | "storageBytes", label: string, hint: string): Slider {
  const bytes = limits[key];
  const most = Math.ceil(Math.max(LEAST_ROOM_GB, (bytes / BYTES_PER_GB) * ROOM_FACTOR));
  return {
    ...{ key, label, hint, least: LEAST_GB, most, step: LEAST_GB, value: bytes / BYTES_PER_GB },
    text: formatBytes(bytes),
    changeTo: (value) => ({ [key]: Math.round(value * BYTES_PER_GB) }),
  };
}
