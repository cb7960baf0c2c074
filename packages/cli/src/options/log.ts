/** Options about the log of a node. It is a file of the home in any case; these say how much is in it, and whether it is printed too. */
import type { NodeOptions } from "@neuroshard/node";
import { Option } from "commander";

type LogOptions = NonNullable<NodeOptions["log"]>;

export interface LogFlags {
  readonly logFormat?: "text" | "json";
  readonly logLevel: NonNullable<LogOptions["level"]>;
}

export function logOptions(): Option[] {
  return [
    new Option("--log-format <form>", "print the log too, on stderr").choices(["text", "json"]),
    new Option("--log-level <name>", "the least that is logged")
      .choices(["debug", "info", "warn", "error"])
      .default("info"),
  ];
}

export function logOptionsOf({ logFormat: format, logLevel: level }: LogFlags, stream: NodeJS.WriteStream): LogOptions {
  return { level, ...(format !== undefined && { print: { stream, format } }) };
}
