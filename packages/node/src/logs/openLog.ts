/**
 * The log of a node: each entry goes into a ring in memory, which the API shows, into a file that is rotated, and on request
 * to a stream as text or JSON lines. Nothing secret leaves through any of them.
 */
import { join } from "node:path";
import { styleText } from "node:util";
import type { LogEntryView, LogLevel } from "@neuroshard/sdk/api";
import { type DestinationStream, type Logger as PinoLogger, pino, type StreamEntry } from "pino";
import { hideSecretsIn, withoutSecrets } from "./hideSecrets.ts";
import type { LogComponent, LogData, Logger } from "./logger.ts";
import { LogRing } from "./logRing.ts";
import { RotatingFile } from "./rotatingFile.ts";

export interface LogOptions {
  /** The file is in `logs` there; without a home there is none. */
  readonly home: string | undefined;
  /** Entries below it are dropped. */
  readonly level?: LogLevel;
  /** Where entries are printed too. */
  readonly print?: { readonly stream: NodeJS.WriteStream; readonly format: "text" | "json" };
}

export interface NodeLog extends Logger {
  readonly ring: LogRing;
  /** Of the newest entry. */
  readonly isFileBroken: boolean;
  close(): void;
}

const LOG_FOLDER = "logs";
const LOG_FILE = "node.log";
const FILE_BYTES = 10_000_000;
const FILES = 5;
const RING_ENTRIES = 5000;

export function openLog({ home, level = "info", print }: LogOptions): NodeLog {
  const path = home === undefined ? undefined : join(home, LOG_FOLDER, LOG_FILE);
  const file = path === undefined ? undefined : new RotatingFile({ path, mostBytes: FILE_BYTES, files: FILES });
  const streams: StreamEntry[] = [];
  if (file !== undefined) streams.push({ level, stream: { write: (line: string) => file.write(line) } });
  if (print !== undefined) streams.push({ level, stream: printer(print) });
  return new Log(new LogRing(RING_ENTRIES), pinoOn(streams, level), file);
}

function pinoOn(streams: StreamEntry[], level: LogLevel): PinoLogger {
  const options = {
    ...{ level, base: null, timestamp: false, messageKey: "message" },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, pino.multistream(streams));
}

class Log implements NodeLog {
  readonly ring: LogRing;
  readonly #pino: PinoLogger;
  readonly #file: RotatingFile | undefined;

  constructor(ring: LogRing, logger: PinoLogger, file: RotatingFile | undefined) {
    this.ring = ring;
    this.#pino = logger;
    this.#file = file;
  }

  debug(component: LogComponent, message: string, data?: LogData): void {
    this.#write("debug", component, message, data);
  }

  info(component: LogComponent, message: string, data?: LogData): void {
    this.#write("info", component, message, data);
  }

  warn(component: LogComponent, message: string, data?: LogData): void {
    this.#write("warn", component, message, data);
  }

  error(component: LogComponent, message: string, data?: LogData): void {
    this.#write("error", component, message, data);
  }

  get isFileBroken(): boolean {
    return this.#file?.isBroken ?? false;
  }

  close(): void {
    this.#file?.close();
  }

  #write(level: LogLevel, component: LogComponent, text: string, data: LogData = {}): void {
    if (!this.#pino.isLevelEnabled(level)) return;
    const message = hideSecretsIn(text);
    const plain = withoutSecrets(data);
    const entry = this.ring.add({ timeMs: Date.now(), level, component, message, data: plain });
    this.#pino[level]({ id: entry.id, timeMs: entry.timeMs, component, data: plain }, message);
  }
}

function printer({ stream, format }: NonNullable<LogOptions["print"]>): DestinationStream {
  if (format === "json") return { write: (line) => stream.write(line) };
  return { write: (line) => stream.write(`${textOf(JSON.parse(line) as LogEntryView, stream)}\n`) };
}

const COLORS = { debug: "dim", info: "green", warn: "yellow", error: "red" } as const;
const LEVEL_WIDTH = 5;

function textOf({ timeMs, level, component, message, data }: LogEntryView, stream: NodeJS.WriteStream): string {
  const figures = Object.entries(data).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const label = styleText(COLORS[level], level.padEnd(LEVEL_WIDTH), { stream });
  return [new Date(timeMs).toISOString(), label, `${component}:`, message, ...figures].join(" ");
}
