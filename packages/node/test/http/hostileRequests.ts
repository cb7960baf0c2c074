/** Malformed and hostile requests, drawn from the OpenAPI document: bytes as they go over the wire. */
import { openApiDocument } from "@neuroshard/sdk/api";
import fc from "fast-check";

export interface HostileRequest {
  /** What it asks, for the message of a failure. */
  readonly what: string;
  readonly bytes: Buffer;
}

interface Json {
  readonly [name: string]: Json;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly pathNames: readonly string[];
  readonly queryNames: readonly string[];
  readonly body: Json | undefined;
}

const document = JSON.parse(JSON.stringify(openApiDocument())) as Json;
const OPERATIONS: readonly Operation[] = Object.entries(document.paths!).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => operationOf(method, path, operation)),
);

function operationOf(method: string, path: string, { parameters = {}, requestBody }: Json): Operation {
  const all = Object.values(parameters) as unknown as readonly { readonly name: string; readonly in: string }[];
  const namesIn = (place: string) => all.filter((each) => each.in === place).map(({ name }) => name);
  const body = requestBody?.content?.["application/json"]?.schema;
  return { method: method.toUpperCase(), path, pathNames: namesIn("path"), queryNames: namesIn("query"), body };
}

const WORDS = [
  ...[
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "1e9",
    "0x10",
    "00",
    "9007199254740993",
    "99999999999999999999",
    "NaN",
    "null",
    "true",
  ],
  ...[
    "../../status",
    "..%2f..",
    "%00",
    "%ff",
    "%",
    "%zz",
    "__proto__",
    "constructor",
    "toString",
    "[]",
    "{}",
    "'; drop",
  ],
  ...["ab".repeat(32), "AB".repeat(32), "ab".repeat(20), "0".repeat(64), "NEP-0", "NEP-9999999999", "1-1", "neuro1"],
  ...["economics.constants.FEE_BURN_RATE", "economics.constants.__proto__", `neuro1${"q".repeat(38)}`, "neuroshard"],
  ...[
    "accounts",
    "params",
    "neps",
    "ballots",
    "block,round,log",
    "a".repeat(500),
    "a".repeat(2000),
    "<script>",
    "\u2028",
  ],
];
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  fc.string({ unit: "binary", maxLength: 20 }),
);
const scalar = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 0.5, 1e308, -0, Number.MAX_SAFE_INTEGER, 2 ** 31, 1e21, [], {}, [[]]),
  fc.string({ maxLength: 30 }),
  word,
);

/** A value of a schema, with some chance each time of anything else. */
function valueLike(schema: Json, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 4) return scalar;
  return fc.oneof({ weight: 4, arbitrary: fittingOf(resolved(schema), depth) }, { weight: 1, arbitrary: scalar });
}

function fittingOf(schema: Json, depth: number): fc.Arbitrary<unknown> {
  const { anyOf, enum: words, const: only } = schema as Json & Readonly<Record<string, never>>;
  if (anyOf !== undefined) return fc.oneof(...Object.values<Json>(anyOf).map((each) => valueLike(each, depth)));
  if (words !== undefined) return fc.constantFrom(...Object.values(words));
  if (only !== undefined) return fc.constant(only);
  return ofType(schema, depth);
}

function ofType(schema: Json, depth: number): fc.Arbitrary<unknown> {
  const { type, items, properties, minimum, maximum } = schema as Json & Readonly<Record<string, never>>;
  switch (type as unknown) {
    case "object":
      return objectOf(properties ?? {}, depth);
    case "array":
      return fc.array(valueLike(items ?? {}, depth + 1), { maxLength: 4 });
    case "integer":
    case "number":
      return fc.oneof(fc.integer(), fc.double(), fc.constantFrom(minimum ?? 0, maximum ?? 1));
    case "boolean":
      return fc.boolean();
    default:
      return fc.oneof(fc.string({ maxLength: 60 }), hexadecimal());
  }
}

function objectOf(properties: Json, depth: number): fc.Arbitrary<unknown> {
  const known = Object.entries(properties).map(([name, property]) => [name, valueLike(property, depth + 1)] as const);
  const extra = fc.dictionary(fc.constantFrom("more", "__proto__", "constructor", "then", "toJSON"), scalar);
  const some = fc.record(Object.fromEntries(known), { requiredKeys: [] });
  return fc.tuple(some, fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, extra)).map(([a, b]) => ({ ...a, ...b }));
}

function resolved(schema: Json): Json {
  const reference = schema.$ref as unknown as string | undefined;
  if (reference === undefined) return schema;
  const [, ...way] = reference.split("/");
  return way.reduce((at, name) => at[name]!, document);
}

function hexadecimal(): fc.Arbitrary<string> {
  return fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes).toString("hex"));
}

const DEEP = 50_000;
/** What no schema would think of. */
const BODIES: readonly Buffer[] = [
  ...["", "{", "null", "[]", "\u0000", "{}{}", '{"transaction":"00","transaction":1}', '{"__proto__":{"a":1}}'],
  ...["[".repeat(DEEP), `{"a":`.repeat(DEEP), `${"[".repeat(DEEP)}${"]".repeat(DEEP)}`, "1".repeat(1000), "1e999999"],
  ...[`{"transaction":"${"00".repeat(470_000)}"}`, `{"messages":[${"{},".repeat(100_000)}{}]}`, '"\\ud800"'],
]
  .map((text) => Buffer.from(text))
  .concat([Buffer.from([0xff, 0xfe, 0x22]), Buffer.from([0x22, 0xc3, 0x28, 0x22]), Buffer.alloc(950_000, 0x20)]);

const METHODS = [
  "GET",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "PROPFIND",
  "get",
  "X",
];
const TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "multipart/form-data",
  "",
  "a/b;;=",
  "*",
];
/** Whole header lines, added to those of an ordinary request. */
const LINES = [
  ...["Authorization: Bearer", "Authorization: Basic YTpi", `Authorization: Bearer nst_${"a".repeat(43)}`],
  ...["Origin: null", "Origin: http://evil.example", "Host: evil.example", "Host:", "X: ".padEnd(20_000, "x")],
  ...["Idempotency-Key: k", "Idempotency-Key: a b", `Idempotency-Key: ${"k".repeat(80)}`, "Expect: 100-continue"],
  ...[
    "Expect: nothing",
    "Upgrade: websocket\r\nConnection: Upgrade",
    "Transfer-Encoding: chunked",
    "Content-Length: 3",
  ],
  ...["Content-Length: -1", "Content-Length: 99999999999", "Content-Encoding: gzip", "Accept: a/b", "Range: bytes=0-1"],
  ...["Bad Header: 1", ": empty", "A\u0000: 1", "A: \u0001", "Cookie: a=b", "X-Forwarded-For: 127.0.0.1", " folded"],
];

export interface HostileOptions {
  readonly count: number;
  readonly seed: number;
  /** Half of the requests have it, so that those behind it meet them too. */
  readonly token: string;
}

export function hostileRequests({ count, seed, token }: HostileOptions): readonly HostileRequest[] {
  const request = fc.constantFrom(...OPERATIONS).chain((operation) => requestTo(operation, token));
  return fc.sample(request, { numRuns: count, seed });
}

function requestTo(operation: Operation, token: string): fc.Arbitrary<HostileRequest> {
  const { method, path, pathNames, queryNames, body } = operation;
  const names = fc.constantFrom(...queryNames, "x", "__proto__", "hasOwnProperty", "a[b]");
  return fc
    .record({
      method: fc.oneof({ weight: 9, arbitrary: fc.constant(method) }, fc.constantFrom(...METHODS)),
      values: fc.array(word, { minLength: pathNames.length, maxLength: pathNames.length }),
      query: fc.array(fc.tuple(names, word), { maxLength: 3 }),
      body: fc.oneof(
        { weight: 3, arbitrary: valueLike(body ?? {}).map((value) => Buffer.from(JSON.stringify(value) ?? "")) },
        fc.constantFrom(...BODIES),
      ),
      hasBody: fc.oneof({ weight: 5, arbitrary: fc.constant(body !== undefined) }, fc.boolean()),
      type: fc.oneof({ weight: 5, arbitrary: fc.constant("application/json") }, fc.constantFrom(...TYPES)),
      lines: fc.oneof(
        { weight: 3, arbitrary: fc.constant<string[]>([]) },
        fc.array(fc.constantFrom(...LINES), { maxLength: 2 }),
      ),
      hasToken: fc.boolean(),
      version: fc.oneof(
        { weight: 30, arbitrary: fc.constant("HTTP/1.1") },
        fc.constantFrom("HTTP/1.0", "HTTP/9.9", "X"),
      ),
      isEncoded: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    })
    .map((drawn) => {
      let next = 0;
      const encode = (text: string) => (drawn.isEncoded ? encoded(text) : text);
      const filled = path.replace(/\{\w+\}/g, () => encode(drawn.values[next++]!));
      const search = drawn.query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
      const what = `${drawn.method} ${filled}${search === "" ? "" : `?${search}`}`;
      const head = [
        `${what} ${drawn.version}`,
        "Host: localhost",
        "Connection: close",
        ...(drawn.hasToken ? [`Authorization: Bearer ${token}`] : []),
        ...(drawn.hasBody ? [`Content-Type: ${drawn.type}`, `Content-Length: ${drawn.body.length}`] : []),
        ...drawn.lines,
      ].join("\r\n");
      const bytes = Buffer.concat([Buffer.from(`${head}\r\n\r\n`, "utf8"), ...(drawn.hasBody ? [drawn.body] : [])]);
      return { what: `${what} ${drawn.lines.map((line) => line.slice(0, 40)).join(" | ")}`.slice(0, 300), bytes };
    });
}

/** What is already a part of a URL stays: it may be a bad one. */
function encoded(text: string): string {
  return /^[\w%.,-]+$/.test(text) ? text : encodeURIComponent(text.toWellFormed());
}
