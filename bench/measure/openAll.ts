/** Opens contenders beside one another; those that cannot be had are named once, with the remedy, and left out. */

export interface Opened<T> {
  readonly open: readonly T[];
  readonly problems: readonly string[];
}

export async function openAll<T>(openers: readonly (() => Promise<T>)[]): Promise<Opened<T>> {
  const results = await Promise.allSettled(openers.map((open) => open()));
  const open: T[] = [];
  const problems = new Set<string>();
  for (const result of results) {
    if (result.status === "fulfilled") open.push(result.value);
    else problems.add(result.reason instanceof Error ? result.reason.message : String(result.reason));
  }
  return { open, problems: [...problems] };
}
