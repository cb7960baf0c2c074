/** What a proposal would change, beside what holds on the node's network now: a line each. */
import {
  formatDecimal,
  formatParamValue,
  type NepDocument,
  type Params,
  paramFromChange,
  paramKeyOf,
} from "@neuroshard/sdk";

export function describeChanges({ parameterChanges, codeChanges }: NepDocument, params: Params): readonly string[] {
  const changes = parameterChanges.map(({ module, parameter, oldValue, newValue }) => {
    const key = paramKeyOf(module, parameter);
    if (key === undefined) return `  ${module}.${parameter}: unknown here`;
    const [old, next] = [oldValue, newValue].map((value) => {
      const read = paramFromChange(key, value);
      return read.ok ? formatParamValue(read.value) : "?";
    });
    const now = currentText(params.get(key));
    const stale = old === now || old === "?" ? "" : `; the file says ${old}, so it could not be applied`;
    return `  ${key}: ${now} now, ${next} proposed${stale}`;
  });
  return [...changes, ...codeChanges.map(({ path }) => `  code: ${path}`)];
}

function currentText(value: unknown): string {
  if (typeof value === "bigint") return formatDecimal(value);
  if (!Array.isArray(value)) return String(value);
  return formatParamValue({ kind: "schedule", points: value });
}
