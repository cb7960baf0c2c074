/** Writes docs/openapi.json from the contract: `node_modules/.bin/node scripts/writeOpenApi.ts`. */
import { writeFileSync } from "node:fs";
import { OPEN_API_PATH, openApiText } from "./openApiText.ts";

writeFileSync(OPEN_API_PATH, openApiText());
