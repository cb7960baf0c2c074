/** Shows that every rule fires where it should, names the place, and stays silent on a clean repository. */
import { describe, expect, test } from "vitest";
import { checkProject, type RULES } from "./checkProject.ts";
import type { Exception } from "./limits.ts";
import { createProject } from "./project.ts";

type RuleName = keyof typeof RULES;
type Texts = Readonly<Record<string, string>>;

function manifest(name: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ name: `@neuroshard/${name}`, exports: { ".": "./src/index.ts" }, ...fields }, null, 2);
}

/** A small repository that keeps every rule: a tensor package with a Node entry, a model that uses it, and tests. */
const CLEAN: Texts = {
  "package.json": JSON.stringify({ devDependencies: { vitest: "5.1.1" } }),
  "docs/dependencies.md": "| `vitest` | 5.1.1 | tests |\n| `commander` | 15.1.0 | options |",
  "packages/tensor/package.json": manifest("tensor", {
    exports: { ".": "./src/index.ts", "./node": "./src/node/index.ts" },
  }),
  "packages/tensor/src/index.ts": 'export { add, type Sum } from "./add.ts";\n',
  "packages/tensor/src/add.ts":
    "export type Sum = number;\nexport const add = (a: number, b: number): Sum => Math.fround(a + b);\n",
  "packages/tensor/src/node/index.ts":
    'import { cpus } from "node:os";\nexport const threads = (): number => cpus().length;\n',
  "packages/tensor/test/threads.test.ts":
    'import { test } from "vitest";\nimport { threads } from "@neuroshard/tensor/node";\ntest("x", () => void threads());\n',
  "packages/model/package.json": manifest("model", { dependencies: { "@neuroshard/tensor": "0.1.0" } }),
  "packages/model/src/index.ts": 'export { twice } from "./twice.ts";\n',
  "packages/model/src/twice.ts":
    'import { add } from "@neuroshard/tensor";\nexport const twice = (a: number): number => add(a, a);\n',
  "packages/model/src/twice.test.ts": 'import { twice } from "./index.ts";\ntwice(1);\n',
};

/** `path:line [rule]` of everything that is reported for the clean repository with some files changed. */
function report(changes: Texts, exceptions: readonly Exception[] = []): string[] {
  const project = createProject(new Map(Object.entries({ ...CLEAN, ...changes })));
  return checkProject(project, exceptions).map(({ path, line, rule }) => `${path}:${line} [${rule}]`);
}

/** A started-by-name script: code in it needs no caller. */
const SCRIPT = "packages/model/scripts/run.ts";
const TWICE = "packages/model/src/twice.ts";
const USE_ADD = 'import { add } from "@neuroshard/tensor";\nexport const twice = (a: number): number => add(a, a);\n';
const PROTOCOL = {
  "packages/protocol/package.json": manifest("protocol"),
  "packages/protocol/src/index.ts": "export const height = 1;\n",
  "packages/protocol/test/height.test.ts": 'import { height } from "../src/index.ts";\nvoid height;\n',
};
const PROTOCOL_INDEX = "packages/protocol/src/index.ts";
/** Put together here, because the rule reads this file too. */
const SPEC_FILE = ["spec", "sums.md"].join("/");
const SPEC = { [SPEC_FILE]: "# Sums\n\n## S1. Order\n\nS2. A sentence is no heading.\n" };

function cited(requirement: string): Texts {
  return { ...SPEC, "packages/tensor/kernels/sum.c": `/* sums.md${requirement} */\n` };
}

/** For each rule: what is changed, and the one line that must be reported. */
const CASES: Readonly<Record<RuleName, readonly (readonly [title: string, changes: Texts, expected: string])[]>> = {
  imports: [
    [
      "an arrow against the table",
      { ...PROTOCOL, [TWICE]: `import "@neuroshard/protocol";\n${USE_ADD}` },
      `${TWICE}:1 [imports]`,
    ],
    [
      "a deep import by path",
      { [SCRIPT]: 'import { add } from "../../tensor/src/add.ts";\nadd(1, 2);\n' },
      `${SCRIPT}:1 [imports]`,
    ],
    [
      "a deep import by name",
      { [SCRIPT]: '\nimport { add } from "@neuroshard/tensor/src/add.ts";\nadd(1, 2);\n' },
      `${SCRIPT}:2 [imports]`,
    ],
    ["an undeclared dependency", { [SCRIPT]: 'import { z } from "zod/mini";\nz();\n' }, `${SCRIPT}:1 [imports]`],
    [
      "a third-party package where the table allows none",
      {
        "packages/model/package.json": manifest("model", {
          dependencies: { "@neuroshard/tensor": "0.1.0", commander: "15.1.0" },
        }),
        [TWICE]: `import "commander";\n${USE_ADD}`,
      },
      `${TWICE}:1 [imports]`,
    ],
    [
      "shipped code that imports a test",
      {
        [TWICE]: `import "./twice.test.ts";\n${USE_ADD}`,
        "packages/model/src/twice.test.ts": "void 1;\n",
        [SCRIPT]: 'import { twice } from "../src/index.ts";\ntwice(1);\n',
      },
      `${TWICE}:1 [imports]`,
    ],
    [
      "a root script that reaches into a package",
      { "bench/run.ts": 'const { add } = await import("../packages/tensor/src/add.ts");\nadd(1, 2);\n' },
      "bench/run.ts:1 [imports]",
    ],
  ],
  manifests: [
    [
      "a version range",
      { "package.json": JSON.stringify({ devDependencies: { vitest: "^5.1.1" } }) },
      "package.json:1 [manifests]",
    ],
    [
      "a dependency without its reason",
      { "docs/dependencies.md": "| `vitest` | 5.0.0 | tests |" },
      "package.json:1 [manifests]",
    ],
    [
      "a dependency that nobody imports",
      {
        "packages/model/package.json": manifest("model", {
          dependencies: { "@neuroshard/tensor": "0.1.0", commander: "15.1.0" },
        }),
      },
      "packages/model/package.json:8 [manifests]",
    ],
    [
      "a package that the table does not know",
      { "packages/extra/package.json": manifest("extra") },
      "packages/extra/package.json:2 [manifests]",
    ],
  ],
  platform: [
    ["a node: module in a browser-safe package", { [TWICE]: `${USE_ADD}import "node:fs";\n` }, `${TWICE}:3 [platform]`],
    ["a built-in module without its prefix", { [TWICE]: `import "fs";\n${USE_ADD}` }, `${TWICE}:1 [platform]`],
    ["the global process", { [TWICE]: `${USE_ADD}void process.env;\n` }, `${TWICE}:3 [platform]`],
    ["Buffer by way of globalThis", { [TWICE]: `${USE_ADD}void globalThis.Buffer;\n` }, `${TWICE}:3 [platform]`],
    [
      "a way into a Node-only folder",
      {
        "packages/tensor/src/add.ts":
          'import { threads } from "./node/index.ts";\nexport type Sum = number;\nexport const add = (a: number, b: number): Sum => a + b + threads();\n',
      },
      "packages/tensor/src/add.ts:1 [platform]",
    ],
  ],
  purity: [
    [
      "async",
      { ...PROTOCOL, [PROTOCOL_INDEX]: "export const height = async () => 1;\n" },
      `${PROTOCOL_INDEX}:1 [purity]`,
    ],
    [
      "the clock",
      { ...PROTOCOL, [PROTOCOL_INDEX]: "\nexport const height = Date.now();\n" },
      `${PROTOCOL_INDEX}:2 [purity]`,
    ],
  ],
  exactMath: [
    ["Math.random", { [TWICE]: `${USE_ADD}void Math.random();\n` }, `${TWICE}:3 [exactMath]`],
    ["a transcendental of the engine", { [TWICE]: `${USE_ADD}void Math.exp(1);\n` }, `${TWICE}:3 [exactMath]`],
    ["a power of variables", { [TWICE]: `${USE_ADD}void ((a: number) => 2 ** a);\n` }, `${TWICE}:3 [exactMath]`],
  ],
  cycles: [
    [
      "two files that import each other, though only types",
      {
        [TWICE]: `${USE_ADD}import type { Unit } from "./unit.ts";\nexport type Pair = readonly Unit[];\n`,
        "packages/model/src/unit.ts": 'import type { Pair } from "./twice.ts";\nexport type Unit = Pair | 1;\n',
      },
      "packages/model/src/unit.ts:1 [cycles]",
    ],
  ],
  fileSize: [
    [
      "401 lines of C",
      { "packages/tensor/kernels/product.c": "int x;\n".repeat(401) },
      "packages/tensor/kernels/product.c:1 [fileSize]",
    ],
  ],
  functionSize: [
    ["61 lines", { [SCRIPT]: `\nfunction f() {${"\n".repeat(60)}}\nf();\n` }, `${SCRIPT}:2 [functionSize]`],
  ],
  complexity: [
    ["13 paths", { [SCRIPT]: `const f = (a: number) => ${"a && ".repeat(12)}a;\nf(1);\n` }, `${SCRIPT}:1 [complexity]`],
  ],
  fileNames: [
    [
      "a name without meaning",
      { "packages/model/scripts/tokenUtils.ts": "void 1;\n" },
      "packages/model/scripts/tokenUtils.ts:1 [fileNames]",
    ],
    ["a version in a name", { "scripts/plan-v2.mjs": "void 1;\n" }, "scripts/plan-v2.mjs:1 [fileNames]"],
    ["another case", { "scripts/Plan.ts": "void 1;\n" }, "scripts/Plan.ts:1 [fileNames]"],
  ],
  words: [
    ["a promise in a comment", { [SCRIPT]: "/*\n * TODO: later\n */\n" }, `${SCRIPT}:2 [words]`],
    [
      "a promise in C",
      { "packages/tensor/kernels/sum.c": "int x;\n// good enough for now\n" },
      "packages/tensor/kernels/sum.c:2 [words]",
    ],
  ],
  callers: [
    ["an export without a caller", { [TWICE]: `${USE_ADD}export const thrice = 3;\n` }, `${TWICE}:3 [callers]`],
    [
      "a file without a caller",
      { "packages/model/src/alone.ts": "void 1;\n" },
      "packages/model/src/alone.ts:1 [callers]",
    ],
    [
      "a name on an index that nobody outside uses",
      { "packages/model/src/twice.test.ts": 'import { twice } from "./twice.ts";\ntwice(1);\n' },
      "packages/model/src/index.ts:1 [callers]",
    ],
    [
      "a name that only an index passes on",
      { "packages/model/src/twice.test.ts": "void 1;\n" },
      `${TWICE}:2 [callers]`,
    ],
  ],
  citations: [
    [
      "a requirement that the specification does not have",
      { ...SPEC, [TWICE]: `${USE_ADD}// ${SPEC_FILE}#S1, #S2\n` },
      `${TWICE}:3 [citations]`,
    ],
    ["the same named without its folder, in C", cited("#S12"), "packages/tensor/kernels/sum.c:1 [citations]"],
    [
      "a test that a specification names and nobody has written",
      { ...SPEC, [SPEC_FILE]: "Tests from `packages/model/`:\n`src/twice.test.ts`, `src/once.test.ts`\n" },
      `${SPEC_FILE}:2 [citations]`,
    ],
    ["a specification that is not there", { [TWICE]: `${USE_ADD}// ${SPEC_FILE}\n` }, `${TWICE}:3 [citations]`],
  ],
};

test("a clean repository has no violations", () => {
  expect(report({})).toEqual([]);
});

describe.each(Object.entries(CASES))("rule %s", (_rule, cases) => {
  test.each(cases)("reports %s", (_title, changes, expected) => {
    expect(report(changes)).toEqual([expected]);
  });
});

test("requirements that exist may be named, with and without the folder", () => {
  expect(report({ ...cited("#S1"), [TWICE]: `${USE_ADD}// ${SPEC_FILE}#S1, ${SPEC_FILE}\n` })).toEqual([]);
});

test("names in strings, comments and property positions are not references", () => {
  const text = `${USE_ADD}// process, Math.random\nvoid { process: "Buffer", Date: 1 }.process;\nvoid (10n ** 18n + BigInt(2 ** 20));\n`;
  expect(report({ [TWICE]: text })).toEqual([]);
});

test("an exported declaration gives the names it binds and no others", () => {
  const text =
    "interface Shape { a: number; b: number[] }\nexport const { a, b: [first = 1] }: Shape = { a: 1, b: [] };\n";
  const changes = { "scripts/shapes.ts": `${text}export class Ring {}\n` };
  const project = createProject(new Map(Object.entries(changes)));
  expect(project.modules.get("scripts/shapes.ts")?.exports.map(({ name }) => name)).toEqual(["a", "first", "Ring"]);
});

test("a folder at the root may have a manifest of its own", () => {
  const peers = {
    "bench/peers/package.json": JSON.stringify({ dependencies: { commander: "15.1.0" } }),
    "bench/peers/run.ts": 'import "commander";\n',
  };
  expect(report({ ...peers, "bench/run.ts": 'import "./peers/run.ts";\n' })).toEqual([]);
  expect(report({ ...peers, "bench/run.ts": 'import "./peers/run.ts";\nimport "commander";\n' })).toEqual([
    "bench/run.ts:2 [imports]",
  ]);
});

test("a worker named by its path has a caller", () => {
  const changes = {
    [TWICE]: `${USE_ADD}void new URL("./worker.ts", import.meta.url);\n`,
    "packages/model/src/worker.ts": "export const started = true;\n",
  };
  expect(report(changes)).toEqual([]);
});

describe("pages and components", () => {
  const page = {
    "packages/dashboard/package.json": manifest("dashboard", { exports: {} }),
    "packages/dashboard/index.html": '<title>x</title>\n<script type="module" src="/src/main.ts"></script>\n',
    "packages/dashboard/src/main.ts": 'import App from "./App.svelte";\nvoid App;\n',
    "packages/dashboard/src/App.svelte":
      '<!-- page -->\n<script lang="ts">\nimport { sum } from "./sum.ts";\n</script>\n\n<p>{sum}</p>\n',
    "packages/dashboard/src/sum.ts": "export const sum = 1;\n",
  };
  const app = "packages/dashboard/src/App.svelte";

  test("a script that a page names, a component and what the component imports have callers", () => {
    expect(report(page)).toEqual([]);
  });

  test("a component obeys the import table, on the line where it breaks it", () => {
    const text =
      '<p>x</p>\n<script lang="ts">\nimport { sum } from "./sum.ts";\nimport "@neuroshard/model";\n</script>\n';
    expect(report({ ...page, [app]: text })).toEqual([`${app}:4 [imports]`]);
    expect(report({ ...page, [app]: page[app].replace("{ sum }", "{ none }") })).toEqual([
      "packages/dashboard/src/sum.ts:1 [callers]",
    ]);
  });

  test("a component is named like the thing it is, and a name in the wrong place is found", () => {
    const lower = "packages/dashboard/src/app.svelte";
    const changes = { ...page, [lower]: page[app], "packages/dashboard/src/main.ts": 'import "./app.svelte";\n' };
    expect(report(changes)).toEqual([`${app}:1 [callers]`, `${lower}:1 [fileNames]`]);
  });

  test("Node's globals are no more allowed in a component than elsewhere in a page", () => {
    const text = page[app].replace("</script>", "void process;\n</script>");
    expect(report({ ...page, [app]: text })).toEqual([`${app}:4 [platform]`]);
  });
});

test("an exception excuses its file and no other", () => {
  const long = "int x;\n".repeat(401);
  const changes = { "packages/tensor/kernels/a.c": long, "packages/tensor/kernels/b.c": long };
  const exception = { rule: "fileSize", path: "packages/tensor/kernels/a.c", reason: "a table" };
  expect(report(changes, [exception])).toEqual(["packages/tensor/kernels/b.c:1 [fileSize]"]);
});

test("an exception that excuses nothing is reported", () => {
  const exception = { rule: "words", path: TWICE, reason: "none" };
  expect(report({}, [exception])).toEqual([`${TWICE}:1 [exceptions]`]);
});

test("a syntax error is named with file and line", () => {
  expect(() => report({ [TWICE]: "\nconst = 1;\n" })).toThrow(`${TWICE}:2: syntax error`);
});
