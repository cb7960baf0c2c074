/** What people should know wherever they are in the dashboard, the worst first. */
import type { StatusView } from "@neuroshard/sdk";
import type { Connection } from "../live/createLive.ts";

export interface Alert {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
}

const ORDER: readonly Alert["severity"][] = ["error", "warning", "info"];

/** `told`: by the node itself. */
export function alertsOf(
  connection: Connection,
  status: StatusView | undefined,
  told: readonly Alert[],
): readonly Alert[] {
  const alerts: Alert[] = [...told];
  if (connection === "lost") {
    const message = "The node does not answer. Figures stand as they were; this page goes on when the node is back.";
    alerts.push({ severity: "error", message });
  }
  const upgrade = status?.upgrade ?? null;
  if (upgrade !== null) {
    const message = `The network demands ${upgrade.features.join(", ")} (${upgrade.labels.join(", ")}), which this node's release does not know. Install a newer release, or the node stops following.`;
    alerts.push({ severity: "error", message });
  }
  return alerts.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
