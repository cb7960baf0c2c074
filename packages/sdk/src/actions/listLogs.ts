/** What the node wrote into its log lately. Needs a token with the scope admin. */
import type { LogLevel, LogPage } from "../api/schemas/logViews.ts";
import type { CallOptions, Client } from "../client.ts";

export interface LogsQuery {
  /** `nextId` of the answer before: only what came later. */
  readonly since?: number;
  /** And graver ones. */
  readonly level?: LogLevel;
  readonly component?: string;
  readonly text?: string;
  readonly limit?: number;
}

export function listLogs(client: Client, query: LogsQuery = {}, options?: CallOptions): Promise<LogPage> {
  return client.request("listLogs", { params: {}, query }, options);
}
