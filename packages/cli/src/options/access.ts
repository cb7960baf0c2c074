/** Options of a node about who may ask it for what, besides clients on its own machine and holders of a token. */
import type { NodeAccess } from "@neuroshard/node";
import { SCOPES, type Scope } from "@neuroshard/sdk";
import { Option } from "commander";
import { UsageProblem } from "../usageProblem.ts";

export interface AccessFlags {
  readonly public: readonly Scope[];
  readonly corsOrigin: readonly string[];
  readonly hostName: readonly string[];
}

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

export function accessOptions(): Option[] {
  return [
    new Option("--public <scopes>", "what everybody may do without a token, with commas between (read, serve, wallet)")
      .argParser(readPublic)
      .default([], "nothing where others can reach --host"),
    new Option("--cors-origin <url>", "let pages of this site ask, always with a token; may be given several times")
      .argParser(readOrigin)
      .default([], "none"),
    new Option(
      "--host-name <name>",
      "a name by which others reach the node; everything needs a token then; may be given several times",
    )
      .argParser(readHostName)
      .default([], "addresses and localhost"),
  ];
}

export function accessOf({ public: publicScopes, corsOrigin, hostName }: AccessFlags): NodeAccess {
  return { publicScopes, corsOrigins: corsOrigin, hostNames: hostName };
}

/** @throws {UsageProblem} for what is no scope. */
export function readScopes(flag: string, text: string, allowed: readonly Scope[]): readonly Scope[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !allowed.includes(name as Scope));
  if (unknown !== undefined) throw new UsageProblem(`${flag} has '${unknown}'; choose from ${allowed.join(", ")}`);
  return [...new Set(names as Scope[])];
}

function readPublic(text: string): readonly Scope[] {
  return readScopes(
    "--public",
    text,
    SCOPES.filter((scope) => scope !== "admin"),
  );
}

function readOrigin(text: string, before: readonly string[] = []): readonly string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSite = url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  if (isSite) return [...before, url.origin];
  throw new UsageProblem(`--cors-origin is '${text}'; write a site such as https://app.example, without a path`);
}

function readHostName(text: string, before: readonly string[] = []): readonly string[] {
  if (HOST_NAME.test(text)) return [...before, text.toLowerCase()];
  throw new UsageProblem(`--host-name is '${text}'; write a name such as node.example, without a port`);
}
