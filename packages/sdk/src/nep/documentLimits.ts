/** How long the texts and lists of a document may be, read from its schema so that there is one place to change. */
import { nepDocument } from "@neuroshard/protocol";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

/** `path`: names of fields; lists are stepped into by themselves. */
export function mostBytes(...path: readonly string[]): number {
  return limitOf(path, "maxLength");
}

export function mostItems(...path: readonly string[]): number {
  return limitOf(path, "maxItems");
}

function limitOf(path: readonly string[], limit: "maxLength" | "maxItems"): number {
  let schema: Schema | undefined = nepDocument.jsonSchema;
  for (const name of path) schema = (schema?.items ?? schema)?.properties?.[name];
  const most = limit === "maxLength" ? (schema?.items ?? schema)?.maxLength : schema?.maxItems;
  if (most === undefined) throw new Error(`internal: ${path.join(".")} has no ${limit}`);
  return most;
}
