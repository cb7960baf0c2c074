/** The map of slots: what each device does in the present round, and how far it is. */
import type { MappedDevice, NetworkMapView } from "@neuroshard/sdk";
import { formatCount, formatPercent } from "../../format/formatQuantity.ts";

export interface SlotTile {
  readonly device: string;
  readonly account: string;
  readonly title: string;
  readonly phase: "training" | "committed" | "included" | "left-out";
  /** From 0 to 1; undefined where this node does not know. */
  readonly share: number | undefined;
  readonly text: string;
}

const PHASE_TEXTS = {
  committed: "handed in its work",
  included: "its work is in the new model",
  "left-out": "its work is not in the new model",
} as const;

/** In the order of the slots. */
export function slotTiles({ devices }: NetworkMapView): readonly SlotTile[] {
  return devices
    .filter(({ slot }) => slot !== null)
    .sort((a, b) => a.slot!.index - b.slot!.index)
    .map((device) => tileOf(device, device.slot!));
}

function tileOf({ device, account, name, isSelf }: MappedDevice, slot: NonNullable<MappedDevice["slot"]>): SlotTile {
  const title = `Slot ${slot.index}${name === null ? "" : `, ${name}`}${isSelf ? " (this node)" : ""}`;
  return { device, account, title, phase: slot.phase, ...progressOf(slot) };
}

function progressOf({ phase, steps, progress }: NonNullable<MappedDevice["slot"]>): Pick<SlotTile, "share" | "text"> {
  if (phase !== "training") return { share: 1, text: PHASE_TEXTS[phase] };
  if (progress === null || progress.stepsOf === 0)
    return { share: undefined, text: `trains ${formatCount(steps)} steps` };
  const share = Math.min(1, progress.stepsDone / progress.stepsOf);
  const speed = progress.tokensPerSecond === null ? "" : `, ${formatCount(progress.tokensPerSecond)} tokens/s`;
  return { share, text: `${formatPercent(share)} of ${formatCount(progress.stepsOf)} steps${speed}` };
}
