/** Requirements that files name exist: `spec/ledger.md#L3` needs that file, and a heading there that begins with `L3.`. */
import type { Project, Violation } from "../project.ts";

/** `spec/ledger.md`, `ledger.md#L3`, `spec/governance.md#G4, #G7`; without a requirement only where `spec/` stands before. */
const CITATION = /(?:\bspec\/([\w-]+)\.md((?:(?:, )?#[A-Z]\d+)*)|(?<![\w/-])([\w-]+)\.md((?:(?:, )?#[A-Z]\d+)+))/g;

export function checkCitations(project: Project): Violation[] {
  return [...project.texts].flatMap(([path, text]) =>
    text
      .split("\n")
      .flatMap((lineText, index) =>
        [...lineText.matchAll(CITATION)]
          .flatMap(([, withFolder, itsRequirements, bare, required]) =>
            missing(project, withFolder ?? bare ?? "", itsRequirements ?? required ?? ""),
          )
          .map((message) => ({ rule: "citations", path, line: index + 1, message })),
      ),
  );
}

function missing(project: Project, name: string, requirements: string): readonly string[] {
  const file = `spec/${name}.md`;
  const text = project.texts.get(file);
  if (text === undefined) return [`there is no ${file}`];
  const headings = new Set(Array.from(text.matchAll(/^#{2,3} ([A-Z]\d+)\./gm), ([, heading]) => heading));
  const wanted = requirements.match(/[A-Z]\d+/g) ?? [];
  return wanted.filter((each) => !headings.has(each)).map((each) => `${file} has no requirement ${each}`);
}
