/** What every node of a local network does and has earned, as a table that fits the terminal: the narrower, the less it tells. */
import { formatUnits } from "../terminal/formatNeuro.ts";
import { formatCount } from "../terminal/formatQuantity.ts";
import { formatTable, type TableOptions } from "../terminal/formatTable.ts";
import { drawProgressBar } from "../training/progressBar.ts";
import type { NodeStatus } from "./networkStatus.ts";

type ColumnName = "node" | "does" | "bar" | "steps" | "tokens/s" | "peers" | "NEURO" | "held";

/** How much the table tells. */
interface Layout {
  readonly barWidth: number;
  /** Digits of an amount behind its point. */
  readonly digits: number;
  readonly without: readonly ColumnName[];
}

const NAMES: readonly ColumnName[] = ["node", "does", "bar", "steps", "tokens/s", "peers", "NEURO", "held"];
/** Phases and counts change all the time; the layout is not to change with them. */
const LEAST_WIDTHS: Partial<Record<ColumnName, number>> = { does: "committed".length, steps: "100/100".length };

/** The first that fits is taken; the last one has to. */
const LAYOUTS: readonly Layout[] = [
  { barWidth: 16, digits: 6, without: [] },
  { barWidth: 12, digits: 6, without: [] },
  { barWidth: 12, digits: 2, without: [] },
  { barWidth: 0, digits: 2, without: ["bar"] },
  { barWidth: 0, digits: 2, without: ["bar", "tokens/s"] },
  { barWidth: 0, digits: 2, without: ["bar", "tokens/s", "peers"] },
  { barWidth: 0, digits: 2, without: ["bar", "tokens/s", "peers", "steps"] },
  { barWidth: 0, digits: 2, without: ["bar", "tokens/s", "peers", "steps", "held"] },
];

export interface NodeTableOptions extends TableOptions {
  /** Characters of a line. */
  readonly width: number;
}

export function drawNodeTable(nodes: readonly NodeStatus[], { width, stream }: NodeTableOptions): readonly string[] {
  const plainest = LAYOUTS.at(-1)!;
  const layout = LAYOUTS.find((each) => widthOf(cellsOf(nodes, each)) <= width) ?? plainest;
  const cells = cellsOf(nodes, layout);
  const columns = cells.map(({ title, isRight }) => ({ title, ...(isRight && { align: "right" as const }) }));
  const rows = nodes.map((_, index) => cells.map(({ texts }) => texts[index]!));
  return formatTable(columns, rows, { stream }).trimEnd().split("\n");
}

interface ColumnCells {
  readonly title: string;
  readonly isRight: boolean;
  readonly texts: readonly string[];
}

const GAP = 2;

function widthOf(columns: readonly ColumnCells[]): number {
  const widths = columns.map(({ title, texts }) => Math.max(title.length, ...texts.map(({ length }) => length)));
  return widths.reduce((sum, each) => sum + each, GAP * (columns.length - 1));
}

function cellsOf(nodes: readonly NodeStatus[], layout: Layout): readonly ColumnCells[] {
  return NAMES.filter((name) => !layout.without.includes(name)).map((name) => {
    const isRight = name !== "node" && name !== "does" && name !== "bar";
    const least = LEAST_WIDTHS[name] ?? 0;
    const texts = nodes.map((node) => CELLS[name](node, layout));
    const padded = texts.map((text) => (isRight ? text.padStart(least) : text.padEnd(least)));
    return { title: name === "bar" ? "" : name, isRight, texts: padded };
  });
}

/** What a column says of a node. */
const CELLS: { readonly [N in ColumnName]: (node: NodeStatus, layout: Layout) => string } = {
  node: ({ name }) => name,
  does: ({ processId, phase }) => (processId === undefined ? "down" : phase),
  bar: ({ stepsDone, steps }, { barWidth }) =>
    steps === 0 ? " ".repeat(barWidth) : drawProgressBar(stepsDone / steps, barWidth),
  steps: ({ stepsDone, steps }) => (steps === 0 ? "" : `${stepsDone}/${steps}`),
  "tokens/s": ({ tokensPerSecond }) => (tokensPerSecond === 0 ? "" : formatCount(tokensPerSecond)),
  peers: ({ peers }) => String(peers),
  NEURO: ({ balance }, { digits }) => formatUnits(balance, digits),
  held: ({ held }, { digits }) => formatUnits(held, digits),
};
