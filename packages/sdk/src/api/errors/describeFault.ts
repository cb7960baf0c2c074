/** Any code with its figures as the error object that clients get: one table of words for server, client and commands. */
import type { FaultView } from "../schemas/errorView.ts";
import { describeRefusal, isRefusalCode } from "./describeRefusal.ts";
import { describeRejection, isRejectionCode } from "./describeRejection.ts";

/** A code of a later release comes without words. */
export function describeFault(code: string, data: Readonly<Record<string, string>>): FaultView {
  if (isRejectionCode(code)) return { code, message: describeRejection(code, data), data };
  if (isRefusalCode(code)) return { code, message: describeRefusal(code, data), data };
  const figures = Object.entries(data).map(([name, value]) => `${name} ${value}`);
  return {
    code,
    message: `${code}${figures.length === 0 ? "" : `: ${figures.join(", ")}`}; update to learn what it means`,
    data,
  };
}
