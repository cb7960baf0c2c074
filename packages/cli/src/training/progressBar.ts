/** A bar of plain characters: what is done of what is to do. */
const LEAST_WIDTH = 12;

/** `[#####-----]`, `width` characters in all; nothing where that is too narrow to tell anything. */
export function drawProgressBar(fraction: number, width: number): string {
  if (width < LEAST_WIDTH) return "";
  const inner = width - 2;
  const filled = Math.min(inner, Math.max(0, Math.floor(fraction * inner)));
  return `[${"#".repeat(filled)}${"-".repeat(inner - filled)}]`;
}
