/** The OpenAPI document: complete, sound, and of the version it says. */
import { expect, test } from "vitest";
import { type ApiErrorCode, httpStatusOf, openApiDocument, ROUTES, type Route } from "../../src/api/index.ts";

interface Json {
  readonly [key: string]: Json;
}

const document = JSON.parse(JSON.stringify(openApiDocument())) as Json;

function operationOf({ method, path }: Route): Json {
  return document.paths![path]![method.toLowerCase()]!;
}

function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const member of Object.values(value)) yield* objectsIn(member);
}

test("every route is an operation under its own id, and there are no others", () => {
  const routes = Object.entries<Route>(ROUTES);
  for (const [id, route] of routes) expect(operationOf(route).operationId).toBe(id);
  const operations = Object.values(document.paths!).flatMap((path) => Object.keys(path));
  expect(operations).toHaveLength(routes.length);
});

test("no two routes have one address", () => {
  const addresses = Object.values<Route>(ROUTES).map(
    ({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, "{}")}`,
  );
  expect(new Set(addresses).size).toBe(addresses.length);
});

test("every reference leads to something, and everything that is named is referred to", () => {
  const references = new Set([...objectsIn(document)].flatMap(({ $ref }) => ($ref as unknown as string) ?? []));
  for (const reference of references) {
    const [root, ...way] = reference.split("/");
    expect(root).toBe("#");
    expect(
      way.reduce<Json | undefined>((at, name) => at?.[name], document),
      reference,
    ).toBeDefined();
  }
  const { securitySchemes: _, ...components } = document.components!;
  const named = Object.entries(components).flatMap(([kind, entries]) =>
    Object.keys(entries).map((name) => `#/components/${kind}/${name}`),
  );
  expect([...references].sort()).toEqual(named.sort());
});

test.each(Object.entries<Route>(ROUTES))(
  "%s: its path names its parameters, each is required and has a schema",
  (_id, route) => {
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    expect(Object.keys(route.params.properties).sort()).toEqual(inPath.sort());
    const parameters = Object.values(operationOf(route).parameters ?? {});
    for (const parameter of parameters) {
      expect(parameter.schema).toBeDefined();
      if ((parameter.in as unknown) === "path") expect(parameter.required).toBe(true);
    }
    const inQuery = Object.keys(route.query.properties);
    expect(parameters).toHaveLength(inPath.length + inQuery.length + (route.takesKey === true ? 1 : 0));
  },
);

test.each(Object.entries<Route>(ROUTES))(
  "%s: it answers with success and with each status of its errors",
  (_id, route) => {
    const responses = operationOf(route).responses!;
    expect(responses["200"]).toBeDefined();
    for (const code of route.errors as readonly ApiErrorCode[]) expect(responses[httpStatusOf(code)]).toBeDefined();
    for (const status of [400, 401, 403, 429, 500, 503]) expect(responses[status]).toBeDefined();
  },
);

test.each(Object.entries<Route>(ROUTES))("%s: it says which scope it needs, by the scheme of tokens", (_id, route) => {
  const security = operationOf(route).security as unknown as readonly Readonly<Record<string, readonly string[]>>[];
  expect(security.flatMap(({ token = [] }) => token)).toEqual(route.scope === null ? [] : [route.scope]);
  expect(security.some((way) => Object.keys(way).length === 0)).toBe(route.scope !== null && route.scope !== "admin");
  expect(document.components!.securitySchemes!.token).toMatchObject({ type: "http", scheme: "bearer" });
});
