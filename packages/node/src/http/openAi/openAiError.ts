/** Errors below /v1 in the shape that OpenAI's clients read; the code and the sentence stay those of the contract. */
import type { FaultView } from "@neuroshard/sdk/api";

export interface OpenAiError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    /** The member of the body that is at fault. */
    readonly param: string | null;
    readonly code: string;
    /** Beyond OpenAI's: the figures behind the code. */
    readonly data: FaultView["data"];
  };
}

const TYPES: Readonly<Record<number, string>> = {
  401: "authentication_error",
  403: "permission_error",
  429: "rate_limit_error",
  500: "server_error",
  503: "server_error",
};

export function isOpenAiPath(url: string): boolean {
  return url.startsWith("/v1/") || url === "/v1";
}

export function openAiError({ code, message, data }: FaultView, status: number): OpenAiError {
  const { path = "" } = data;
  const param = path.startsWith("body.") ? path.slice("body.".length) : null;
  return { error: { message, type: TYPES[status] ?? "invalid_request_error", param, code: code.toLowerCase(), data } };
}
