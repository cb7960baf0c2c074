/** Draws a chart into an element with uPlot, in the colours of the present theme, as wide as the element is. */
import uPlot from "uplot";
import type { ChartAxis, ChartSeries } from "./chartData.ts";

export interface ChartOptions {
  readonly axis: ChartAxis;
  readonly series: readonly ChartSeries[];
  readonly heightPx: number;
  /** Which point the pointer is at; undefined where it is at none. */
  readonly onPoint: (index: number | undefined) => void;
}

export interface DrawnChart {
  setData(axis: ChartAxis, series: readonly ChartSeries[]): void;
  destroy(): void;
}

const AXIS_FONT_PX = 12;
const LEAST_AXIS_PX = 48;
/** Beyond so many points, dots would only hide the line. */
const MOST_DOTS = 40;

export function drawChart(element: HTMLElement, options: ChartOptions): DrawnChart {
  let { axis, series } = options;
  let plot = create();
  function create(): uPlot {
    return new uPlot(plotOptions(element, { ...options, axis, series }), dataOf(axis, series), element);
  }
  function restyle(): void {
    plot.destroy();
    plot = create();
  }
  const resizing = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: options.heightPx }));
  resizing.observe(element);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", restyle);
  const choosing = new MutationObserver(restyle);
  choosing.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return {
    setData(nextAxis, nextSeries) {
      const isSameShape = nextSeries.length === series.length;
      axis = nextAxis;
      series = nextSeries;
      if (isSameShape) plot.setData(dataOf(axis, series));
      else restyle();
    },
    destroy() {
      resizing.disconnect();
      choosing.disconnect();
      scheme.removeEventListener("change", restyle);
      plot.destroy();
    },
  };
}

function dataOf(axis: ChartAxis, series: readonly ChartSeries[]): uPlot.AlignedData {
  return [[...axis.values], ...series.map(({ values }) => [...values])] as uPlot.AlignedData;
}

function plotOptions(element: HTMLElement, { axis, series, heightPx, onPoint }: ChartOptions): uPlot.Options {
  const colours = paletteOf(element);
  const font = `${AXIS_FONT_PX}px ${getComputedStyle(element).fontFamily}`;
  const shared: uPlot.Axis = {
    stroke: colours.text,
    font,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: { x: { time: false } },
    padding: [8, 8, 0, 0],
    axes: [
      { ...shared, size: 28, grid: { show: false }, values: (_plot, ticks) => ticks.map((tick) => axis.format(tick)) },
      {
        ...shared,
        size: axisSize,
        values: (_plot, ticks) => ticks.map((tick) => withoutZeros(series[0]?.format(tick) ?? "")),
      },
    ],
    series: [{}, ...series.map((each) => seriesOptions(each, colours.lines[each.colour - 1]!, axis.values.length))],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
  };
}

function seriesOptions({ isArea, isBars, title }: ChartSeries, colour: string, points: number): uPlot.Series {
  const bars = isBars === true ? uPlot.paths.bars?.({ size: [0.7, 40], align: 0 }) : undefined;
  return {
    label: title,
    stroke: colour,
    width: isBars === true ? 0 : 2,
    spanGaps: true,
    points: { show: isBars !== true && points <= MOST_DOTS, size: 5, fill: colour },
    ...(isBars === true ? { fill: colour } : {}),
    ...(isArea === true ? { fill: withAlpha(colour, 0.14) } : {}),
    ...(bars === undefined ? {} : { paths: bars }),
  };
}

/** `4.500` becomes `4.5`: ticks stand at round figures. */
function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

/** As wide as the longest label. */
function axisSize(_plot: uPlot, labels: readonly string[] | null): number {
  const longest = Math.max(0, ...(labels ?? []).map(({ length }) => length));
  return Math.max(LEAST_AXIS_PX, longest * AXIS_FONT_PX * 0.62 + 14);
}

/** A canvas knows no variables: each colour is what an element of it would have. */
function paletteOf(element: HTMLElement): { text: string; grid: string; lines: readonly string[] } {
  const probe = element.appendChild(document.createElement("span"));
  const colourOf = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    text: colourOf("muted"),
    grid: colourOf("chart-grid"),
    lines: [1, 2, 3, 4].map((index) => colourOf(`chart-${index}`)),
  };
  probe.remove();
  return palette;
}

/** `rgb(1, 2, 3)` with less of it. */
function withAlpha(colour: string, alpha: number): string {
  return colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`);
}
