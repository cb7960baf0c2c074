/** The version of Node that runs this. */
import type { Finding } from "./check.ts";

const PINNED_MAJOR = 24;

export function checkRuntime(): Finding {
  const found = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
  if (Number.parseInt(process.versions.node, 10) === PINNED_MAJOR) return { verdict: "good", found };
  return {
    verdict: "notice",
    found,
    remedy: `use Node ${PINNED_MAJOR}, with which all is tested: start by \`npm run neuroshard\``,
  };
}
