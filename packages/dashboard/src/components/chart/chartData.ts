/** What a chart shows: some lines over one axis. */

export interface ChartSeries {
  readonly title: string;
  /** One for each point of the axis; null: nothing is known there. */
  readonly values: readonly (number | null)[];
  /** Which colour of the palette. */
  readonly colour: 1 | 2 | 3 | 4;
  readonly format: (value: number) => string;
  /** Filled down to the axis: for amounts, not for losses. */
  readonly isArea?: boolean;
  readonly isBars?: boolean;
}

export interface ChartAxis {
  readonly title: string;
  readonly values: readonly number[];
  readonly format: (value: number) => string;
}

/** The text of one point, as the table and the legend have it. */
export function cellText({ values, format }: ChartSeries, index: number): string {
  const value = values[index];
  return value === undefined || value === null ? "–" : format(value);
}

/** The last point that anybody knows something of. */
export function lastKnown({ values }: ChartSeries): number {
  return values.findLastIndex((value) => value !== null);
}
