/** An event of the chain as a name and its figures, each with how it is to be shown. */
import type { EventView } from "@neuroshard/sdk";

export interface EventField {
  readonly name: string;
  readonly kind: "amount" | "account" | "digest" | "round" | "text";
  readonly value: string;
}

export interface EventText {
  readonly title: string;
  readonly fields: readonly EventField[];
}

const AMOUNTS = new Set(["amount", "burned", "held", "rate", "rewarded", "power"]);

export function describeEvent(event: EventView): EventText {
  const { kind, ...members } = event as { readonly kind: string } & Readonly<Record<string, unknown>>;
  return { title: spaced(kind), fields: Object.entries(members).flatMap(([name, value]) => fieldsOf(name, value)) };
}

/** `workCommitted` becomes `work committed`. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What says nothing is left out; what is nested counts by its parts. */
function fieldsOf(name: string, value: unknown): readonly EventField[] {
  if (value === null || value === "" || (name === "burned" && value === "0")) return [];
  if (typeof value === "object") {
    return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([part, inner]) => fieldsOf(part, inner));
  }
  const text = String(value);
  return [{ name: spaced(name), kind: kindOf(name, text), value: text }];
}

function kindOf(name: string, text: string): EventField["kind"] {
  if (text.startsWith("neuro1")) return "account";
  if (AMOUNTS.has(name) && /^\d+$/.test(text)) return "amount";
  if (/^[0-9a-f]{64,66}$/.test(text)) return "digest";
  return name === "round" ? "round" : "text";
}
