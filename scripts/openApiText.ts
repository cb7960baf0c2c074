/** The OpenAPI document as it is checked in. */
import { openApiDocument } from "@neuroshard/sdk/api";

export const OPEN_API_PATH = new URL("../docs/openapi.json", import.meta.url);

export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 1)}\n`;
}
