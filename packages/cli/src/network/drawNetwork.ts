/** A local network as lines for a terminal: where the round stands, how the loss falls, what every node does and has earned. */
import { styleText } from "node:util";
import { formatCount } from "../terminal/formatQuantity.ts";
import { drawLossCurve } from "../training/lossCurve.ts";
import type { NetworkStatus } from "./networkStatus.ts";
import { drawNodeTable } from "./nodeTable.ts";

const GAP = "  ";
const CHART_ROWS = 6;
/** A chart of fewer rounds than this stays partly empty, so that it grows instead of jumping. */
const LEAST_CHART_ROUNDS = 20;

export interface DrawOptions {
  readonly width: number;
  readonly stream: NodeJS.WriteStream;
}

export function drawNetwork(status: NetworkStatus, { width, stream }: DrawOptions): string[] {
  const style = (format: "green" | "cyan" | "dim" | "bold", text: string): string =>
    styleText(format, text, { stream });
  const chart = drawLossCurve(status.losses, {
    width,
    rows: CHART_ROWS,
    steps: Math.max(LEAST_CHART_ROUNDS, status.losses.at(-1)?.step ?? 0),
  });
  const title = chart.length === 0 ? [] : [style("dim", "loss by round")];
  const [first = "", ...others] = describeRound(status, width);
  return [
    style("bold", status.name) + first.slice(status.name.length),
    ...others,
    ...title,
    ...chart.map((line) => style("cyan", line)),
    "",
    ...drawNodeTable(status.nodes, { width, stream }),
  ];
}

/** In as many lines as it takes, each within the width where its facts allow. */
function describeRound(status: NetworkStatus, width: number): readonly string[] {
  const { name, height, round, phase, modelRound, modelDigest, validationLoss } = status;
  const facts = [
    name,
    `block ${formatCount(height)}`,
    `round ${formatCount(round)} ${phase}`,
    ...(modelDigest === undefined ? [] : [`model ${modelDigest.slice(0, 12)} of round ${formatCount(modelRound)}`]),
    ...(validationLoss === undefined ? [] : [`validation loss ${validationLoss.toFixed(4)}`]),
  ];
  const lines: string[] = [];
  for (const fact of facts) {
    const longer = [...lines.slice(-1), fact].join(GAP);
    if (lines.length === 0 || longer.length > width) lines.push(fact);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
