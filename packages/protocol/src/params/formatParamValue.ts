/** Values of parameters as people write them: `true`, `16`, `0.0005`, `mla`, and `0:0.3,0.7:0.1` for a schedule. */
import { formatDecimal } from "../numbers/decimal.ts";
import type { ParamValue } from "./value.ts";

export function formatParamValue(value: ParamValue): string {
  switch (value.kind) {
    case "flag":
    case "integer":
    case "word":
      return String(value.value);
    case "decimal":
      return formatDecimal(value.value);
    case "schedule":
      return value.points.map((point) => `${formatDecimal(point.from)}:${formatDecimal(point.value)}`).join(",");
    default:
      return value satisfies never;
  }
}
