/** A local network as lines for a terminal: where the round stands, how the loss falls, what every node does and has earned. */
import { styleText } from "node:util";
import { formatNeuro } from "../terminal/formatNeuro.ts";
import { formatCount, formatRate } from "../terminal/formatQuantity.ts";
import { type Column, formatTable } from "../terminal/formatTable.ts";
import { drawLossCurve } from "../training/lossCurve.ts";
import { drawProgressBar } from "../training/progressBar.ts";
import type { NetworkStatus, NodeStatus } from "./networkStatus.ts";

const CHART_ROWS = 6;
const BAR_WIDTH = 16;
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
  return [
    `${style("bold", status.name)}  ${describeRound(status)}`,
    ...title,
    ...chart.map((line) => style("cyan", line)),
    "",
    ...nodeTable(status.nodes, stream),
  ];
}

function describeRound({ height, round, phase, modelRound, modelDigest, validationLoss }: NetworkStatus): string {
  const model =
    modelDigest === undefined ? "" : `  model ${modelDigest.slice(0, 12)} of round ${formatCount(modelRound)}`;
  const loss = validationLoss === undefined ? "" : `  validation loss ${validationLoss.toFixed(4)}`;
  return `block ${formatCount(height)}  round ${formatCount(round)} ${phase}${model}${loss}`;
}

const COLUMNS: readonly Column[] = [
  { title: "node" },
  { title: "does" },
  { title: "" },
  { title: "steps", align: "right" },
  { title: "speed", align: "right" },
  { title: "peers", align: "right" },
  { title: "balance", align: "right" },
  { title: "held", align: "right" },
];

function nodeTable(nodes: readonly NodeStatus[], stream: NodeJS.WriteStream): string[] {
  const rows = nodes.map((node) => [
    node.name,
    node.processId === undefined ? "down" : node.phase,
    node.steps === 0 ? "" : drawProgressBar(node.stepsDone / node.steps, BAR_WIDTH),
    node.steps === 0 ? "" : `${node.stepsDone}/${node.steps}`,
    node.tokensPerSecond === 0 ? "" : formatRate(node.tokensPerSecond),
    String(node.peers),
    formatNeuro(node.balance),
    formatNeuro(node.held),
  ]);
  return formatTable(COLUMNS, rows, { stream }).trimEnd().split("\n");
}
