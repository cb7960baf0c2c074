import { readFileSync } from "node:fs";
import { PRESETS } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { lintNepMarkdown } from "./lintNepMarkdown.ts";
import { newNepMarkdown } from "./newNepMarkdown.ts";
import { parseNepMarkdown } from "./parseNepMarkdown.ts";
import { registryParameters } from "./registryParameters.ts";

const VALID = readFileSync(new URL("../../../../docs/neps/nep-lower-training-reward.md", import.meta.url), "utf8");
const parameters = registryParameters(PRESETS.main);

/** `line:column code` */
function faults(file: string): readonly string[] {
  return lintNepMarkdown(file, { parameters }).map(({ line, column, code }) => `${line}:${column} ${code}`);
}

function replaced(from: string, to: string): string {
  if (!VALID.includes(from)) throw new Error(`no "${from}" in the valid file`);
  return VALID.replace(from, to);
}

/** The line on which `text` first stands. */
function lineOf(text: string, file = VALID): number {
  return file.slice(0, file.indexOf(text)).split("\n").length;
}

test("a valid proposal has no problem, with the line ends of Windows, too", () => {
  expect(faults(VALID)).toEqual([]);
  expect(faults(VALID.replaceAll("\n", "\r\n"))).toEqual([]);
});

/** A replacement in the valid file, and what it leads to: lines below the replaced one, column, code. */
test.each([
  ["title: Lower the training reward", `title: ${"x".repeat(161)}`, "+0:1 TOO_LONG"],
  ["title: Lower the training reward", "title: ", "+0:1 EMPTY"],
  ["title: Lower the training reward", 'title: "a\\u202eb"', "+0:1 CONTROL_CHARACTER"],
  ["title: Lower the training reward", 'title: "a\\nb"', "+0:1 WRONG_TYPE"],
  ["title: Lower the training reward", "title: [a]", "+0:1 WRONG_TYPE"],
  ["title: Lower the training reward", "titel: Lower the training reward", "+0:1 UNKNOWN_KEY"],
  ["type: econ", "type: tax", "+0:1 UNKNOWN_WORD"],
  ["type: econ", "type: econ\ntype: econ", "+1:1 DUPLICATE_KEY"],
  ["status: draft", "status: done", "+0:1 BAD_METADATA"],
  ["nep: draft", "nep: seven", "+0:1 BAD_METADATA"],
  ["author: NeuroShard contributors", "author: neuro1qqqq", "+0:1 BAD_METADATA"],
  ["status: draft", "created: 2025-02-29", "+0:1 BAD_METADATA"],
  ["status: draft", "requires:\n  - abc", "+1:5 BAD_DIGEST"],
  ["status: draft", `ratifies: ${"A".repeat(64)}`, "+0:1 BAD_DIGEST"],
  ["status: draft", "evidence:\n  - name: run\n    digest: x", "+2:5 BAD_DIGEST"],
  ["status: draft", "status: &a draft", "+0:12 YAML_ALIAS"],
  ["status: draft", "status: !!str draft", "+0:15 YAML_TAG"],
  ["status: draft", "status: draft\n\tnep: x", "+1:1 BAD_YAML"],
  ['min_version: "0.0.0"', "min_version: 1.0", "+0:3 BAD_VERSION"],
  ['min_version: "0.0.0"', 'min_version: "0.0.1"', "+1:3 BAD_VERSION"],
  ["grace_period_days: 7", "grace_period_days: -7", "+0:3 BAD_NUMBER"],
  ["grace_period_days: 7", "grace_period_days: 7.5", "+0:3 BAD_NUMBER"],
  ["grace_period_days: 7", 'grace_period_days: "7"', "+0:3 WRONG_TYPE"],
  ["backward_compatible: true", "backward_compatible: yes", "+0:3 WRONG_TYPE"],
  ["approval: 0.66", "approval: 0.0", "+0:3 THRESHOLD"],
  ["quorum: 0.2", "quorum: 1.2", "+0:3 THRESHOLD"],
  ["old: 0.0005", "old: ", "+0:5 MISSING_KEY"],
  ["new: 0.0003", "new: 0.0005", "+0:5 SAME_VALUE"],
  ["new: 0.0003", "new: 3e-4", "+0:5 BAD_NUMBER"],
  ["new: 0.0003", "new: 1.5", "+0:5 BAD_VALUE"],
  ["new: 0.0003", "new: mla", "+0:5 BAD_VALUE"],
  ["new: 0.0003", 'new: "0.0003"', "+0:5 BAD_VALUE"],
  ["new: 0.0003", "new: yes", "+0:5 WRONG_TYPE"],
  ["new: 0.0003", "new: 0.0000000000000000001", "+0:5 BAD_NUMBER"],
  ["parameter: TRAINING_REWARD_PER_BATCH", "parameter: TRAINING_REWARD_PER_BACH", "+0:5 UNKNOWN_PARAMETER"],
  ["rationale: Fewer new tokens for the same work.", 'rationale: ""', "+0:5 EMPTY"],
  ["training_reward_multiplier: 0.6", "training_reward: 0.6", "+0:3 UNKNOWN_KEY"],
  ["## Abstract", "## Abstract\n\n## Abstract", "+2:1 DUPLICATE_SECTION"],
  ["## Abstract", "Hello\n\n## Abstract", "+0:1 OUTSIDE_SECTION"],
  ["One batch of verified", "See <script>alert(1)</script>", "+0:5 MARKUP"],
  ["One batch of verified", "See [it](javascript:alert)", "+0:10 MARKUP"],
  ["One batch of verified", "<!-- hidden -->", "+0:1 MARKUP"],
  ["One batch of verified", "See \\`<b>\\`", "+0:7 MARKUP"],
])("%j -> %j is reported once, at its own place (%s)", (from, to, fault) => {
  const [, offset, rest] = /^\+(\d):(.*)$/.exec(fault)!;
  const code = fault.split(" ")[1]!;
  const found = faults(replaced(from, to)).filter((line) => line.endsWith(` ${code}`));
  expect(found).toEqual([`${lineOf(from) + Number(offset)}:${rest}`]);
});

test("every message names a cause and a remedy on one line", () => {
  const file = newNepMarkdown({ title: "T", type: "econ" }).replace("nep: draft", "nep: x\ntpye: <b>");
  for (const { message } of lintNepMarkdown(file, { parameters })) expect(message).toMatch(/^[^\n]+; [^\n]+$/);
});

test("several faults are all reported, in the order of the file", () => {
  const file = replaced("new: 0.0003", "new: 7.0")
    .replace("type: econ", "type: tax")
    .replace("## Test Cases", "## Test Case");
  expect(lintNepMarkdown(file, { parameters }).map(({ line, code, severity }) => [line, code, severity])).toEqual([
    [lineOf("type: econ"), "UNKNOWN_WORD", "error"],
    [lineOf("  - module"), "WRONG_PROPOSAL_TYPE", "error"],
    [lineOf("new: 0.0003"), "BAD_VALUE", "error"],
    [lineOf("## Test Cases"), "UNKNOWN_SECTION", "warning"],
    [file.trimEnd().split("\n").length, "MISSING_KEY", "error"],
  ]);
});

test("names that are nearly right get a suggestion", () => {
  const messageOf = (file: string, wanted: string) =>
    lintNepMarkdown(file, { parameters }).find(({ code }) => code === wanted)?.message;
  expect(messageOf(replaced("title:", "titel:"), "UNKNOWN_KEY")).toContain('did you mean "title"?');
  expect(messageOf(replaced("PER_BATCH", "PER_BACH"), "UNKNOWN_PARAMETER")).toContain(
    'did you mean "economics.constants.TRAINING_REWARD_PER_BATCH"?',
  );
  expect(messageOf(replaced("## Test Cases", "## Tests Cases"), "UNKNOWN_SECTION")).toContain(
    'did you mean "Test Cases"?',
  );
});

test("a proposal without parameters and code changes nothing", () => {
  const file = VALID.replace(/parameters:[\s\S]*?impact:/, "impact:");
  expect(faults(file)).toEqual(["1:1 NO_CHANGE"]);
  expect(faults(file.replace("impact:", "code:\n  - path: a.ts\n    change: b\nimpact:"))).toEqual([]);
});

test("the type decides which parameters a proposal can change", () => {
  expect(faults(replaced("type: econ", "type: net"))).toEqual([`${lineOf("  - module")}:5 WRONG_PROPOSAL_TYPE`]);
});

test("code may contain what text may not", () => {
  const code =
    "```html\n<script>## Abstract</script>\n## Abstract\n```\n\nA span `<b>` and a link <https://example.org>, 1 < 2.";
  expect(faults(replaced("## Motivation\n", `## Motivation\n\n${code}\n`))).toEqual([]);
});

test("a code fence that is never closed is reported where it opens, with the sections that it swallows", () => {
  const codes = faults(replaced("## Motivation\n", "## Motivation\n\n```\n"));
  expect(codes[0]).toBe(`${lineOf("## Motivation") + 2}:1 OPEN_FENCE`);
  expect(codes.filter((fault) => fault.endsWith("MISSING_KEY"))).toHaveLength(4);
});

test("the template has exactly the problems of its blanks", () => {
  const file = newNepMarkdown({
    title: "Lower the reward: by half",
    type: "econ",
    author: "A. B.",
    created: "2025-01-31",
  });
  const sections = [
    "Abstract",
    "Motivation",
    "Specification",
    "Backward Compatibility",
    "Test Cases",
    "Security Considerations",
  ];
  expect(faults(file)).toEqual([
    `${lineOf("description:", file)}:1 EMPTY`,
    `${lineOf("- module:", file)}:5 EMPTY`,
    `${lineOf("parameter:", file)}:5 EMPTY`,
    `${lineOf("old:", file)}:5 MISSING_KEY`,
    `${lineOf("new:", file)}:5 MISSING_KEY`,
    `${lineOf("rationale:", file)}:5 EMPTY`,
    ...sections.map((title) => `${lineOf(`## ${title}`, file)}:1 EMPTY`),
  ]);
});

test("a filled template is a proposal without problems", () => {
  const filled = newNepMarkdown({ title: "T", type: "econ" })
    .replace("description:", "description: D")
    .replace("module:", "module: economics.constants")
    .replace("parameter:", "parameter: TRAINING_REWARD_PER_BATCH")
    .replace("old:", "old: 0.0005")
    .replace("new:", "new: 0.0003")
    .replace("rationale:", "rationale: R")
    .replace(/^(## .*)$/gm, "$1\n\nText.");
  expect(faults(filled)).toEqual([]);
});

test.each([
  ["no front matter", "# A title\n", "NO_FRONT_MATTER"],
  ["nothing", "", "NO_FRONT_MATTER"],
  ["an open front matter", "---\ntitle: x\n", "NO_FRONT_MATTER"],
  ["a list for front matter", "---\n- a\n---\n", "BAD_YAML"],
  ["a YAML directive", "---\n%YAML 1.1\n---\n", "BAD_YAML"],
  ["aliases that double nine times", `---\na: &a [x]\n${"b: [*a, *a]\n".repeat(9)}---\n`, "YAML_ALIAS"],
  ["brackets a hundred thousand deep", `---\na: ${"[".repeat(100_000)}\n---\n`, "BAD_YAML"],
  [
    "fields nine deep",
    `---\n${Array.from({ length: 10 }, (_, depth) => `${"  ".repeat(depth)}a:`).join("\n")} x\n---\n`,
    "BAD_YAML",
  ],
  ["a file above 256 KiB", `---\ntitle: x\n---\n${"é".repeat(131_072)}`, "TOO_LARGE"],
  ["a control character", "---\ntitle: \u0007\n---\n", "CONTROL_CHARACTER"],
  ["text that is turned around", "---\ntitle: a\u202eb\n---\n", "CONTROL_CHARACTER"],
  ["half of a surrogate pair", "---\ntitle: \ud800\n---\n", "CONTROL_CHARACTER"],
])("a file with %s is refused by parser and linter", (_, file, code) => {
  expect(faults(file)[0]).toMatch(new RegExp(`^\\d+:\\d+ ${code}$`));
  expect(parseNepMarkdown(file)).toMatchObject({ ok: false });
});
