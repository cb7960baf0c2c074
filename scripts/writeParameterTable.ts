/** Writes docs/parameters.md from the registry of parameters. Usage: `npx node scripts/writeParameterTable.ts`. */
import { writeFileSync } from "node:fs";
import { parameterTable } from "./parameterTable.ts";

writeFileSync(new URL("../docs/parameters.md", import.meta.url), parameterTable());
