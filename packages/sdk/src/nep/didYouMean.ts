/** A suggestion for a name that does not exist, as the rest of a message; empty where none is close. */
const MOST_LENGTH = 80;

export function didYouMean(name: string, known: readonly string[]): string {
  const most = Math.min(3, Math.ceil(name.length / 3));
  let best: string | undefined;
  let least = most + 1;
  for (const candidate of name.length > MOST_LENGTH ? [] : known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best === undefined ? "" : `did you mean "${best}"?`;
}

/** Levenshtein: inserted, left out and replaced characters. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
