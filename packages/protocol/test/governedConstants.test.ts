/**
 * No governed figure stands anywhere but in the tables of the registry: code reads parameters through `Params`, or a vote
 * would change what one file reads and not another. The test reads the sources of all packages.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { resolveQuantity } from "../src/params/entry.ts";
import { PRESETS } from "../src/params/presets.ts";
import { entryOf, PARAM_KEYS } from "../src/params/registry.ts";

const packagesFolder = new URL("../../", import.meta.url);

/** The registry's tables are where the figures belong; the presets are the clocks that they are made with. */
const HOMES = /^protocol\/src\/params\/(modules\/|presets\.ts$)/;

/** Figures that look governed and are not, with the reason. */
const EXCEPTIONS: readonly string[] = [
  // What an author asks for who says nothing: part of a document, and only ever above the floor of its track.
  'protocol/src/nep/fields.ts: literal decimal("0.66")',
  'protocol/src/nep/fields.ts: literal decimal("0.20")',
];

const NAMES = [...new Set(PARAM_KEYS.map((key) => key.slice(key.lastIndexOf(".") + 1)))];
const DECLARATION = new RegExp(`(?<![.\\w$])(${NAMES.join("|")})["'\`]?\\s*(?::|=(?![=>]))`, "g");
const DECIMAL = /\bdecimal\(\s*["'`][-\d.]+["'`]\s*\)/g;
const WHOLE = /(?<![\w.$"'`#])\d[\d_]*(?![\w.$"'`])/g;

/** Defaults that nobody writes by chance: large, and no round number of either kind. */
const DISTINCTIVE = new Set(PARAM_KEYS.flatMap(wholeDefaults).filter((value) => value >= 1000 && !isRound(value)));

function wholeDefaults(key: (typeof PARAM_KEYS)[number]): number[] {
  const entry = entryOf(key);
  if (entry.type === "decimal") {
    return Object.values(entry.default).map((value) => Number(value / 10n ** 18n));
  }
  if (entry.type !== "integer") return [];
  return Object.values(PRESETS).map((preset) => resolveQuantity(entry.default[preset.name], preset));
}

function isRound(value: number): boolean {
  return /^[1-9]0+$/.test(value.toString(10)) || /^10*$/.test(value.toString(2));
}

/** What in a source looks like a governed figure of its own. */
function findings(path: string, source: string): string[] {
  if (HOMES.test(path)) return [];
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, "");
  const declared = [...code.matchAll(DECLARATION)].map(([, name]) => `declares ${name}`);
  const decimals = [...code.matchAll(DECIMAL)].map(([literal]) => `literal ${literal}`);
  const wholes = [...code.matchAll(WHOLE)]
    .filter(([literal]) => path.startsWith("protocol/") && DISTINCTIVE.has(Number(literal.replaceAll("_", ""))))
    .map(([literal]) => `literal ${literal}`);
  return [...declared, ...decimals, ...wholes].map((what) => `${path}: ${what}`);
}

function sources(): string[] {
  const all = readdirSync(packagesFolder, { recursive: true, encoding: "utf8" });
  return all.filter((path) => /^\w+\/src\/.*(?<!\.test)\.ts$/.test(path));
}

test("no source outside of the registry's tables has a governed figure of its own", () => {
  const paths = sources();
  expect(paths.length).toBeGreaterThan(300);
  const found = paths.flatMap((path) => findings(path, readFileSync(new URL(path, packagesFolder), "utf8")));
  expect(found).toEqual(EXCEPTIONS);
});

const COPIES: readonly (readonly [source: string, found: string])[] = [
  ["const FEE_BURN_RATE = 0.05;", "declares FEE_BURN_RATE"],
  ["export const MIN_STAKE_AMOUNT: bigint = 1n;", "declares MIN_STAKE_AMOUNT"],
  ["class Rules { static readonly SLASH_AMOUNT = 10; }", "declares SLASH_AMOUNT"],
  ["const rules = { UNBONDING: 28 };", "declares UNBONDING"],
  ['const rules = { "DRIVER_SHARE": 1 };', "declares DRIVER_SHARE"],
  ['const burned = mulDivUp(amount, decimal("0.05"), ONE);', 'literal decimal("0.05")'],
  ["const day = height + 17_280;", "literal 17_280"],
  ["if (bytes.length > 327680) return undefined;", "literal 327680"],
];

test.each(COPIES)("a copy of a figure would be found: %s", (source, found) => {
  expect(findings("protocol/src/ledger/example.ts", source)).toContain(`protocol/src/ledger/example.ts: ${found}`);
});

test.each([
  'params.get("economics.constants.FEE_BURN_RATE")',
  "// FEE_BURN_RATE = 0.05",
  "/** At most 17_280 blocks. */",
  "const MY_FEE_BURN_RATES = 1;",
  "if (values.UNBONDING === other) return;",
  "const half = 5000;",
])("reading a parameter, or naming it in a comment, is no copy: %s", (source) => {
  expect(findings("protocol/src/ledger/example.ts", source)).toEqual([]);
});

test("the tables themselves may say what they are for", () => {
  const [source] = COPIES[0]!;
  expect(findings("protocol/src/params/modules/economicsFees.ts", source)).toEqual([]);
});
