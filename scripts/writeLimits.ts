/** Writes LIMITS.md from the tables of the network. Usage: `npx node scripts/writeLimits.ts`. */
import { writeFileSync } from "node:fs";
import { limitsText } from "./limitsText.ts";

writeFileSync(new URL("../LIMITS.md", import.meta.url), limitsText());
