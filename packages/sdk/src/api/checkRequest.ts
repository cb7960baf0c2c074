/** Whether a request follows the contract: texts of a URL become what the schemas say, and nothing else gets through. */
import type { TObject, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { ROUTE_IDS, ROUTES, type RouteId, type RouteInput } from "./routes/routes.ts";

/** As it came. A query member that was given twice is a list. */
export interface RawRequest {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export type CheckedRequest<Id extends RouteId> =
  | { readonly ok: true; readonly input: RouteInput<Id> }
  | { readonly ok: false; readonly path: string; readonly reason: string };

type ValidationError = ReturnType<Validator["Errors"]>[number];

interface Part {
  readonly name: "path" | "query" | "body";
  readonly validator: Validator;
}

const PARTS = new Map(ROUTE_IDS.map((id) => [id, partsOf(id)]));

function partsOf(id: RouteId): readonly Part[] {
  const { params, query, body }: { params: TObject; query: TObject; body: TSchema | null } = ROUTES[id];
  const parts = [part("path", params), part("query", query)];
  return body === null ? parts : [...parts, part("body", body)];
}

function part(name: Part["name"], schema: TSchema): Part {
  return { name, validator: Compile(schema) };
}

export function checkRequest<Id extends RouteId>(id: Id, raw: RawRequest): CheckedRequest<Id> {
  const { params, query } = ROUTES[id];
  const input = { params: fromTexts(params, raw.params), query: fromTexts(query, raw.query), body: raw.body };
  const values = { path: input.params, query: input.query, body: input.body };
  for (const { name, validator } of PARTS.get(id)!) {
    const value = values[name];
    if (validator.Check(value)) continue;
    return { ok: false, ...faultOf(name, validator.Errors(value).at(-1)!) };
  }
  return { ok: true, input: input as unknown as RouteInput<Id> };
}

/** Numbers in one spelling only: `+1`, `01`, `1e3` and `0x1` stay texts, and texts are no numbers. */
function fromTexts(schema: TObject, raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const properties = schema.properties as Readonly<Record<string, { readonly type?: string }>>;
  const converted = Object.entries(raw).map(([name, text]) => {
    const isNumber = Object.hasOwn(properties, name) && properties[name]!.type === "integer";
    return [name, isNumber && typeof text === "string" && /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : text];
  });
  return Object.fromEntries(converted);
}

/** The last error is the reason, those before it are its parts. */
function faultOf(part: string, { instancePath, keyword, params, message }: ValidationError) {
  const { additionalProperties: unknown } = params as { readonly additionalProperties?: readonly string[] };
  const isUnknown = keyword === "additionalProperties" && unknown?.[0] !== undefined;
  const place = `${part}${instancePath.replaceAll("/", ".")}`;
  const path = isUnknown ? `${place}.${unknown[0]}` : place;
  return { path: path.slice(0, 128), reason: isUnknown ? "is nothing that this route knows" : message };
}
