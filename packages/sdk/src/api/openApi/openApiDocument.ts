/** The contract as an OpenAPI 3.1 document, for readers and generators outside this project. */
import type { TSchema } from "typebox";
import { type ApiErrorCode, httpStatusOf } from "../errors/apiErrorCode.ts";
import { openAiErrorView } from "../openAi/openAiErrorSchema.ts";
import { GENERAL_ERRORS, type Route } from "../routes/route.ts";
import { ROUTES } from "../routes/routes.ts";
import { createReferences, type References } from "./references.ts";

type Json = Readonly<Record<string, unknown>>;

export function openApiDocument(): Json {
  const references = createReferences();
  const paths: Record<string, Record<string, Json>> = {};
  for (const [id, route] of Object.entries<Route>(ROUTES)) {
    const { path } = route;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(id, route, references) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "NeuroShard",
      version: "1",
      description: "Chain, accounts, parameters and proposals of a NeuroShard network, as one of its nodes knows them.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
    components: {
      schemas: references.schemas(),
      responses: generalResponses(references),
      securitySchemes: { [TOKEN]: TOKEN_SCHEME },
    },
  };
}

const TOKEN = "token";
const TOKEN_SCHEME = {
  type: "http",
  scheme: "bearer",
  description:
    "a token of `neuroshard token create`, with the scopes that it allows; a client on the machine of the node needs one for `admin` alone",
};

/** Empty where nobody needs a token. The empty alternative: on the machine of the node. */
function security({ scope }: Route): Json[] {
  if (scope === null) return [];
  return [...(scope === "admin" ? [] : [{}]), { [TOKEN]: [scope] }];
}

function operation(id: string, route: Route, references: References): Json {
  const parameters = [
    ...parametersIn("path", route.params),
    ...parametersIn("query", route.query),
    ...(route.takesKey === true ? [KEY_HEADER] : []),
  ];
  return {
    operationId: id,
    tags: [route.group],
    summary: route.summary,
    security: security(route),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body !== null && {
      requestBody: { required: true, content: jsonContent(references.use(route.body)) },
    }),
    responses: { "200": success(route, references), ...failures(route, references) },
  };
}

const KEY_HEADER = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "of your choice, for one request and its repetitions: within a day the same key and body have the first answer again, marked `idempotency-replayed: true`",
  schema: { type: "string", pattern: "^[!-~]{1,64}$" },
};

function parametersIn(place: "path" | "query", schema: Route["params"]): Json[] {
  const required = new Set<string>(schema.required ?? []);
  return Object.entries<TSchema>(schema.properties).map(([name, property]) => {
    const { description, ...rest } = property as TSchema & { readonly description?: string };
    return {
      name,
      in: place,
      required: required.has(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

function success({ summary, answer }: Route, references: References): Json {
  switch (answer.kind) {
    case "json":
      return {
        description: summary,
        content: {
          ...jsonContent(references.use(answer.schema)),
          ...(answer.streamed !== undefined && eventContent(references.use(answer.streamed))),
        },
      };
    case "events":
      return {
        description: "server-sent events; each `data` line is one object of this schema",
        content: eventContent(references.use(answer.schema)),
      };
    case "text":
      return { description: answer.description, content: { [answer.mediaType]: {} } };
    case "bytes":
      return { description: answer.description, content: { "application/octet-stream": {} } };
    default:
      return answer satisfies never;
  }
}

/** One response a status. */
function failures({ errors, group }: Route, references: References): Json {
  if (group === "serving") return openAiFailures([...GENERAL_ERRORS, ...errors], references);
  const own = codesByStatus(errors);
  const general = [...codesByStatus(GENERAL_ERRORS)].filter(([status]) => !own.has(status));
  return Object.fromEntries([
    ...general.map(([status]) => [status, { $ref: `#/components/responses/Status${status}` }]),
    ...[...own].map(([status, codes]) => [
      status,
      failure([...(codesByStatus(GENERAL_ERRORS).get(status) ?? []), ...codes], references),
    ]),
  ]);
}

/** The same codes in another shape. */
function openAiFailures(codes: readonly ApiErrorCode[], references: References): Json {
  const rows = [...codesByStatus(codes)].map(([status, own]) => {
    const content = jsonContent(references.use(openAiErrorView));
    return [status, { description: own.map((code) => code.toLowerCase()).join(", "), content }];
  });
  return Object.fromEntries(rows);
}

function generalResponses(references: References): Json {
  const rows = [...codesByStatus(GENERAL_ERRORS)];
  return Object.fromEntries(rows.map(([status, codes]) => [`Status${status}`, failure(codes, references)]));
}

/** The description lists the codes. */
function failure(codes: readonly ApiErrorCode[], references: References): Json {
  return { description: codes.join(", "), content: jsonContent(references.error()) };
}

function codesByStatus(codes: readonly ApiErrorCode[]): ReadonlyMap<string, readonly ApiErrorCode[]> {
  return Map.groupBy(codes, (code) => String(httpStatusOf(code)));
}

function jsonContent(schema: unknown): Json {
  return { "application/json": { schema } };
}

function eventContent(schema: unknown): Json {
  return { "text/event-stream": { schema } };
}
