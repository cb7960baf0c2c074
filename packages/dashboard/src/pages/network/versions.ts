/** Which releases the devices of a network run. */
import type { NetworkMapView } from "@neuroshard/sdk";

/** The most frequent first. */
export function versionsOf({
  devices,
}: NetworkMapView): readonly { readonly version: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { softwareVersion } of devices) counts.set(softwareVersion, (counts.get(softwareVersion) ?? 0) + 1);
  return [...counts].map(([version, count]) => ({ version, count })).sort((a, b) => b.count - a.count);
}
