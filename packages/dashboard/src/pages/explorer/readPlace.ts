/** The part of the explorer that an address names. */

export type Place =
  | { readonly kind: "blocks" }
  | { readonly kind: "rounds" }
  | { readonly kind: "block"; readonly height: number }
  | { readonly kind: "round"; readonly round: number }
  | { readonly kind: "reward"; readonly round: number; readonly slot: number }
  | { readonly kind: "account"; readonly address: string }
  | { readonly kind: "transaction"; readonly id: string }
  | { readonly kind: "nothing" };

const NOTHING: Place = { kind: "nothing" };

export function readPlace([kind = "blocks", first = "", second = ""]: readonly string[]): Place {
  const [one, two] = [readCount(first), readCount(second)];
  switch (kind) {
    case "blocks":
    case "rounds":
      return { kind };
    case "block":
      return one === undefined ? NOTHING : { kind, height: one };
    case "round":
      return one === undefined ? NOTHING : { kind, round: one };
    case "reward":
      return one === undefined || two === undefined ? NOTHING : { kind, round: one, slot: two };
    case "account":
      return { kind, address: first };
    case "transaction":
      return { kind, id: first };
    default:
      return NOTHING;
  }
}

function readCount(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
