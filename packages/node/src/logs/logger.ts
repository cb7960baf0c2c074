/** Where parts of a node tell what happens. They name themselves; the reader filters. */

export type LogComponent = "node" | "chain" | "peers" | "rounds" | "audits" | "pay" | "http" | "serving";

/** Figures behind a message. Secrets, and what looks like one, come out as `[secret]`. */
export type LogData = Readonly<Record<string, unknown>>;

export interface Logger {
  /** For whoever looks into something; off by default. */
  debug(component: LogComponent, message: string, data?: LogData): void;
  info(component: LogComponent, message: string, data?: LogData): void;
  /** Something is not as it should be, and the node goes on. */
  warn(component: LogComponent, message: string, data?: LogData): void;
  /** Something that was asked of the node does not work. */
  error(component: LogComponent, message: string, data?: LogData): void;
}
