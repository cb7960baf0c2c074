/**
 * Requirements that files name exist: `spec/ledger.md#L3` needs that file, and a heading there that begins with `L3.`.
 * And the tests that the specification names are there.
 */
import type { Project, Violation } from "../project.ts";

/** `spec/ledger.md`, `ledger.md#L3`, `spec/governance.md#G4, #G7`; without a requirement only where `spec/` stands before. */
const CITATION = /(?:\bspec\/([\w-]+)\.md((?:(?:, )?#[A-Z]\d+)*)|(?<![\w/-])([\w-]+)\.md((?:(?:, )?#[A-Z]\d+)+))/g;

/** What a specification says of its tests: from where their paths go. */
const TESTS_FROM = /from\s`(packages\/\w+\/)`/;

export function checkCitations(project: Project): Violation[] {
  return [...project.texts].flatMap(([path, text]) => {
    const from = path.startsWith("spec/") ? (TESTS_FROM.exec(text)?.[1] ?? "") : undefined;
    return text.split("\n").flatMap((lineText, index) => {
      const messages = [
        ...[...lineText.matchAll(CITATION)].flatMap(([, withFolder, itsRequirements, bare, required]) =>
          missing(project, withFolder ?? bare ?? "", itsRequirements ?? required ?? ""),
        ),
        ...(from === undefined ? [] : missingTests(project, lineText, from)),
      ];
      return messages.map((message) => ({ rule: "citations", path, line: index + 1, message }));
    });
  });
}

function missingTests(project: Project, lineText: string, from: string): readonly string[] {
  return Array.from(lineText.matchAll(/`([\w./]+\.test\.ts)`/g), ([, test = ""]) => test)
    .filter((test) => !project.texts.has(test) && !project.texts.has(`${from}${test}`))
    .map((test) => `there is no ${test}`);
}

function missing(project: Project, name: string, requirements: string): readonly string[] {
  const file = `spec/${name}.md`;
  const text = project.texts.get(file);
  if (text === undefined) return [`there is no ${file}`];
  const headings = new Set(Array.from(text.matchAll(/^#{2,3} ([A-Z]\d+)\./gm), ([, heading]) => heading));
  const wanted = requirements.match(/[A-Z]\d+/g) ?? [];
  return wanted.filter((each) => !headings.has(each)).map((each) => `${file} has no requirement ${each}`);
}
