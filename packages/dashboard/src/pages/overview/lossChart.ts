/** The curve of losses over rounds as a chart, and as a sentence for whoever does not see it. */
import type { CurveView } from "@neuroshard/sdk";
import type { ChartAxis, ChartSeries } from "../../components/chart/chartData.ts";
import { formatCount, formatLoss } from "../../format/formatQuantity.ts";

export interface LossChart {
  readonly axis: ChartAxis;
  readonly series: readonly ChartSeries[];
  readonly summary: string;
}

export function lossChart({ points }: CurveView): LossChart {
  const axis = { title: "round", values: points.map(({ round }) => round), format: formatCount };
  const validation: ChartSeries = {
    title: "validation loss",
    values: points.map(({ validationLoss }) => validationLoss),
    colour: 1,
    format: formatLoss,
  };
  const training: ChartSeries = {
    title: "training loss",
    values: points.map(({ loss }) => loss),
    colour: 2,
    format: formatLoss,
  };
  return { axis, series: [validation, training], summary: summaryOf(points) };
}

function summaryOf(points: CurveView["points"]): string {
  const known = points.filter(({ validationLoss }) => validationLoss !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return `Losses of ${points.length} rounds, none evaluated yet.`;
  const from = `${formatLoss(first.validationLoss!)} nats in round ${formatCount(first.round)}`;
  const to = `${formatLoss(last.validationLoss!)} in round ${formatCount(last.round)}`;
  return `Loss over rounds: validation loss went from ${from} to ${to}.`;
}
