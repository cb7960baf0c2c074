/**
 * What the registry knows about one parameter. The tables in `modules/` are drafts, written for people: decimals as text,
 * one default for all presets where it does not differ. `paramModule` completes them.
 */
import type { ValueOf } from "../codec/codec.ts";
import type { NepType } from "../nep/document.ts";
import { decimal } from "../numbers/decimal.ts";
import type { ChainClock, PresetName } from "./presets.ts";
import type { schedulePoint } from "./value.ts";

export type SchedulePoint = ValueOf<typeof schedulePoint>;

/** A count, or a duration that becomes blocks: declared in days of the preset or in seconds. */
export type Quantity = number | { readonly days: number } | { readonly seconds: number };

export type PerPreset<T> = { readonly [Name in PresetName]: T };

interface Rules {
  /** Types of proposals that may change it; none: fixed when the network is made. */
  readonly types: readonly NepType[];
  /** Days of the preset between two changes. */
  readonly cooldownDays: number;
  /** Whether an emergency proposal may change it too: the safety valves. */
  readonly isEmergencyChangeable: boolean;
}

interface EntryBase extends Rules {
  readonly unit: string;
  readonly doc: string;
}

export interface FlagEntry extends EntryBase {
  readonly type: "flag";
  readonly default: PerPreset<boolean>;
}

export interface IntegerEntry extends EntryBase {
  readonly type: "integer";
  readonly default: PerPreset<Quantity>;
  readonly least: Quantity;
  readonly most: Quantity;
  readonly maxStep: bigint | null;
}

/** Every number here counts 10^-18. */
export interface DecimalEntry extends EntryBase {
  readonly type: "decimal";
  readonly default: PerPreset<bigint>;
  readonly least: bigint;
  readonly most: bigint;
  /** Largest change of one proposal, as a part of the old value or of the default, whichever is larger. */
  readonly maxStep: bigint | null;
}

export interface WordEntry<Word extends string = string> extends EntryBase {
  readonly type: "word";
  readonly default: PerPreset<Word>;
  readonly words: readonly Word[];
}

export interface ScheduleEntry extends EntryBase {
  readonly type: "schedule";
  readonly default: PerPreset<readonly SchedulePoint[]>;
  /** Bounds of the values, not of the places. */
  readonly least: bigint;
  readonly most: bigint;
}

export type ParamEntry = FlagEntry | IntegerEntry | DecimalEntry | WordEntry | ScheduleEntry;

type DraftOf<Type extends string, Default> = Partial<Rules> & {
  readonly type: Type;
  readonly unit: string;
  readonly doc: string;
  readonly default: Default | PerPreset<Default>;
};

export type EntryDraft =
  | DraftOf<"flag", boolean>
  | (DraftOf<"integer", Quantity> & { readonly range: readonly [Quantity, Quantity]; readonly maxStep?: string })
  | (DraftOf<"decimal", string> & { readonly range: readonly [string, string]; readonly maxStep?: string })
  | (DraftOf<"word", string> & { readonly words: readonly string[] })
  | (DraftOf<"schedule", string> & { readonly range: readonly [string, string] });

type EntryOf<Draft> = Draft extends { readonly type: "flag" }
  ? FlagEntry
  : Draft extends { readonly type: "integer" }
    ? IntegerEntry
    : Draft extends { readonly type: "decimal" }
      ? DecimalEntry
      : Draft extends { readonly words: readonly (infer Word extends string)[] }
        ? WordEntry<Word>
        : ScheduleEntry;

export type ParamModule<Name extends string, Drafts> = {
  readonly [Parameter in keyof Drafts & string as `${Name}.${Parameter}`]: EntryOf<Drafts[Parameter]>;
};

/** The entries of a module under their full keys. `rules` hold for all that do not say otherwise. */
export function paramModule<Name extends string, const Drafts extends { readonly [parameter: string]: EntryDraft }>(
  name: Name,
  rules: Pick<Rules, "types" | "cooldownDays">,
  drafts: Drafts,
): ParamModule<Name, Drafts> {
  const entries = Object.entries(drafts).map(([parameter, draft]) => [
    `${name}.${parameter}`,
    { isEmergencyChangeable: false, ...rules, ...completed(draft) },
  ]);
  return Object.fromEntries(entries) as ParamModule<Name, Drafts>;
}

function completed(draft: EntryDraft): object {
  const { type } = draft;
  switch (type) {
    case "flag":
    case "word":
      return { ...draft, default: perPreset<boolean | string>(draft.default, (value) => value) };
    case "integer": {
      const { range, maxStep, ...rest } = draft;
      return {
        ...rest,
        default: perPreset<Quantity>(draft.default, (value) => value),
        least: range[0],
        most: range[1],
        maxStep: stepOf(maxStep),
      };
    }
    case "decimal": {
      const { range, maxStep, ...rest } = draft;
      return { ...rest, ...decimalRange(range), default: perPreset(draft.default, decimal), maxStep: stepOf(maxStep) };
    }
    case "schedule": {
      const { range, ...rest } = draft;
      return { ...rest, ...decimalRange(range), default: perPreset(draft.default, constantSchedule) };
    }
    default:
      return type satisfies never;
  }
}

function decimalRange([least, most]: readonly [string, string]): { readonly least: bigint; readonly most: bigint } {
  return { least: decimal(least), most: decimal(most) };
}

function constantSchedule(value: string): readonly SchedulePoint[] {
  return [{ from: 0n, value: decimal(value) }];
}

function stepOf(text: string | undefined): bigint | null {
  return text === undefined ? null : decimal(text);
}

function perPreset<In, Out = In>(given: In | PerPreset<In>, convert: (value: In) => Out): PerPreset<Out> {
  const each = isPerPreset(given) ? given : { main: given, devnet: given, minimal: given };
  return { main: convert(each.main), devnet: convert(each.devnet), minimal: convert(each.minimal) };
}

function isPerPreset<T>(given: T | PerPreset<T>): given is PerPreset<T> {
  return typeof given === "object" && given !== null && "main" in given;
}

/** Durations last at least one block. */
export function resolveQuantity(quantity: Quantity, { dayBlocks, blockSeconds }: ChainClock): number {
  if (typeof quantity === "number") return quantity;
  if ("days" in quantity) return Math.max(1, quantity.days * dayBlocks);
  return Math.max(1, Math.ceil(quantity.seconds / blockSeconds));
}
