/** The number of a proposal as people write it: `NEP-007`. */
export function formatLabel(label: number): string {
  return `NEP-${String(label).padStart(3, "0")}`;
}
