/**
 * The front matter as a tree of texts with their places. No schema is applied: a number stays the text that was written,
 * so that decimals are exact and `1` is not `1.0`. Aliases, anchors and tags are refused: they make small files huge and
 * mean different things to different readers.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, Scalar } from "yaml";
import type { Findings, Place } from "./problem.ts";

export interface YamlEntry extends Place {
  readonly key: string;
  readonly value: YamlNode;
}

export interface YamlMap extends Place {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
}

export interface YamlScalar extends Place {
  readonly kind: "scalar";
  readonly text: string;
  /** Written without quotation marks: `1` can be a number, `"1"` cannot. */
  readonly isPlain: boolean;
}

export type YamlNode = YamlMap | YamlScalar | (Place & { readonly kind: "list"; readonly items: readonly YamlNode[] });

const MOST_DEPTH = 8;
const MOST_SYNTAX_PROBLEMS = 10;

/** Undefined when there is no tree to work with; the findings say why. `firstLine`: the line where `text` begins. */
export function parseYamlTree(text: string, firstLine: number, findings: Findings): YamlMap | undefined {
  const lines = new LineCounter();
  const directive = /^(%|\.\.\.).*/m.exec(text);
  const document = parseDocument(text, {
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    lineCounter: lines,
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  for (const { pos, message } of document.errors.slice(0, MOST_SYNTAX_PROBLEMS)) {
    const cause = message.replace(/\s+/g, " ").slice(0, 120);
    findings.error(placeAt(pos[0]), "BAD_YAML", `the front matter is no YAML here (${cause}); see docs/neps/README.md`);
  }
  if (directive !== null) {
    findings.error(placeAt(directive.index), "BAD_YAML", "the front matter has a YAML directive; remove the line");
  }
  if (findings.hasErrors) return undefined;
  const root = new TreeBuilder(placeAt, findings).build(document.contents, 0, 0);
  if (root?.kind === "map") return findings.hasErrors ? undefined : root;
  if (root !== undefined)
    findings.error(root, "BAD_YAML", 'the front matter has no fields; write lines like "title: ..."');
  return undefined;
}

class TreeBuilder {
  readonly #placeAt: (offset: number) => Place;
  readonly #findings: Findings;

  constructor(placeAt: (offset: number) => Place, findings: Findings) {
    this.#placeAt = placeAt;
    this.#findings = findings;
  }

  /** `fallback`: the offset of the field, for values that are not there. */
  build(node: unknown, fallback: number, depth: number): YamlNode | undefined {
    const { range, anchor, tag } = (node ?? {}) as Partial<Node> & { anchor?: string };
    const place = this.#placeAt(range?.[0] ?? fallback);
    if (node === null) return { kind: "scalar", text: "", isPlain: true, ...place };
    if (anchor !== undefined)
      return this.#refuse(place, "YAML_ALIAS", `an anchor (&${anchor}) is used; write the value out`);
    if (tag !== undefined) return this.#refuse(place, "YAML_TAG", "a tag (!) is used; write the value without it");
    if (depth > MOST_DEPTH)
      return this.#refuse(place, "BAD_YAML", "fields are nested too deep; see docs/neps/README.md");
    if (isScalar(node)) {
      return { kind: "scalar", text: String(node.value ?? ""), isPlain: node.type === Scalar.PLAIN, ...place };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.build(item, range?.[0] ?? fallback, depth + 1));
      return { kind: "list", items: items.filter((item) => item !== undefined), ...place };
    }
    if (!isMap(node)) return this.#refuse(place, "YAML_ALIAS", "an alias (*) is used; write the value out");
    const entries = node.items.map(({ key, value }) => this.#entry(key, value, depth));
    return { kind: "map", entries: entries.filter((entry) => entry !== undefined), ...place };
  }

  #entry(key: unknown, value: unknown, depth: number): YamlEntry | undefined {
    const offset = (key as Node | null)?.range?.[0] ?? 0;
    const name = this.build(key, offset, depth + 1);
    const inner = this.build(value, offset, depth + 1);
    if (name === undefined || inner === undefined) return undefined;
    if (name.kind === "scalar") return { key: name.text, value: inner, line: name.line, column: name.column };
    this.#refuse(name, "BAD_YAML", "the name of a field is not a word; see docs/neps/README.md");
    return undefined;
  }

  #refuse(place: Place, code: "YAML_ALIAS" | "YAML_TAG" | "BAD_YAML", message: string): undefined {
    this.#findings.error(place, code, message);
    return undefined;
  }
}
