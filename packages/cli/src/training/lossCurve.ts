/** The losses of a run as a small chart of block characters. The width stands for the whole run, so it fills as it goes. */

const BLOCKS = " ▁▂▃▄▅▆▇█";
const LEVELS_PER_ROW = BLOCKS.length - 1;
const LABEL_WIDTH = 7;

export interface LossPoint {
  /** Counts from 1. */
  readonly step: number;
  readonly loss: number;
}

export interface ChartSize {
  /** Characters, labels included. */
  readonly width: number;
  readonly rows: number;
  /** Steps of the whole run. */
  readonly steps: number;
}

/** `rows` lines, the highest mean loss at the top and the lowest at the bottom; none while there is nothing to draw. */
export function drawLossCurve(points: readonly LossPoint[], { width, rows, steps }: ChartSize): string[] {
  const columnCount = Math.max(1, width - LABEL_WIDTH - 1);
  const means = columnMeans(points, { columnCount, steps });
  const known = means.filter((mean) => mean !== undefined);
  if (known.length === 0) return [];
  const highest = Math.max(...known);
  const lowest = Math.min(...known);
  const range = highest - lowest || 1;
  const levels = means.map((mean) =>
    mean === undefined ? 0 : 1 + Math.round(((mean - lowest) / range) * (rows * LEVELS_PER_ROW - 1)),
  );
  return Array.from({ length: rows }, (_, row) => {
    const floor = (rows - 1 - row) * LEVELS_PER_ROW;
    const cells = levels.map((level) => BLOCKS[Math.min(LEVELS_PER_ROW, Math.max(0, level - floor))]);
    return `${label(row, { rows, highest, lowest })} ${cells.join("")}`.trimEnd();
  });
}

/** Mean loss of the steps that fall into each column; a column between two known ones continues the one before. */
function columnMeans(
  points: readonly LossPoint[],
  { columnCount, steps }: { columnCount: number; steps: number },
): (number | undefined)[] {
  const sums = new Float64Array(columnCount);
  const counts = new Uint32Array(columnCount);
  let lastColumn = -1;
  for (const { step, loss } of points) {
    const column = Math.min(columnCount - 1, Math.floor(((step - 1) / steps) * columnCount));
    sums[column]! += loss;
    counts[column]! += 1;
    lastColumn = Math.max(lastColumn, column);
  }
  let previous: number | undefined;
  return Array.from({ length: columnCount }, (_, column) => {
    if (column > lastColumn) return undefined;
    if (counts[column]! > 0) previous = sums[column]! / counts[column]!;
    return previous;
  });
}

function label(row: number, { rows, highest, lowest }: { rows: number; highest: number; lowest: number }): string {
  const value = row === 0 ? highest : row === rows - 1 ? lowest : undefined;
  return (value === undefined ? "" : value.toFixed(3)).padStart(LABEL_WIDTH);
}
