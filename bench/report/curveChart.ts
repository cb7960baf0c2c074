/** Curves as an SVG picture that reads on light and dark pages: axes, grid, one line and one label for each curve. */

export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface ChartText {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

const WIDTH = 760;
const HEIGHT = 420;
const MARGIN = { top: 40, right: 190, bottom: 46, left: 60 };
const COLORS = ["#2a78d6", "#d1495b", "#2e933c", "#8e44ad", "#e07a1f", "#13868c", "#7f7f7f", "#b08900", "#c2185b"];
const TICKS = 6;

export function drawChart(curves: readonly Curve[], text: ChartText): string {
  const points = curves.flatMap(({ points: all }) => all);
  const [lowX, highX] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  const [lowY, highY] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  const place = {
    x: (x: number) => MARGIN.left + ((x - lowX) / (highX - lowX || 1)) * (WIDTH - MARGIN.left - MARGIN.right),
    y: (y: number) =>
      HEIGHT - MARGIN.bottom - ((y - lowY) / (highY - lowY || 1)) * (HEIGHT - MARGIN.top - MARGIN.bottom),
  };
  const body = [
    `<text x="${MARGIN.left}" y="22" font-size="15" font-weight="600">${escapeText(text.title)}</text>`,
    ...ticksBetween(lowY, highY).map((y) => gridLine(place.y(y), y.toFixed(2))),
    ...ticksBetween(lowX, highX).map((x) => label(place.x(x), HEIGHT - MARGIN.bottom + 18, String(Math.round(x)))),
    label((WIDTH - MARGIN.right + MARGIN.left) / 2, HEIGHT - 8, text.x),
    `<text transform="translate(14 ${HEIGHT / 2}) rotate(-90)" text-anchor="middle">${escapeText(text.y)}</text>`,
    ...curves.flatMap((curve, index) => drawCurve(curve, index, place)),
  ];
  const style = `<style>text{font:12px system-ui,sans-serif;fill:#555}@media(prefers-color-scheme:dark){text{fill:#bbb}}</style>`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeText(text.title)}">`;
  return `${[head, style, ...body, "</svg>"].join("\n")}\n`;
}

interface Place {
  readonly x: (x: number) => number;
  readonly y: (y: number) => number;
}

function drawCurve({ name, points }: Curve, index: number, place: Place): string[] {
  const color = COLORS[index % COLORS.length]!;
  const path = points.map(({ x, y }) => `${place.x(x).toFixed(1)},${place.y(y).toFixed(1)}`).join(" ");
  const row = MARGIN.top + 10 + index * 18;
  const left = WIDTH - MARGIN.right + 14;
  return [
    `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>`,
    `<line x1="${left}" y1="${row - 4}" x2="${left + 18}" y2="${row - 4}" stroke="${color}" stroke-width="3"/>`,
    `<text x="${left + 24}" y="${row}">${escapeText(name)}</text>`,
  ];
}

function ticksBetween(low: number, high: number): number[] {
  return Array.from({ length: TICKS }, (_, index) => low + ((high - low) * index) / (TICKS - 1));
}

function gridLine(y: number, text: string): string {
  const right = WIDTH - MARGIN.right;
  const line = `<line x1="${MARGIN.left}" y1="${y}" x2="${right}" y2="${y}" stroke="#8884"/>`;
  return `${line}<text x="${MARGIN.left - 8}" y="${y + 4}" text-anchor="end">${text}</text>`;
}

function label(x: number, y: number, text: string): string {
  return `<text x="${x}" y="${y}" text-anchor="middle">${escapeText(text)}</text>`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
