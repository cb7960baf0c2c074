/** The client of a command: the node that it names, and the token that it may have for it. */
import { readSecretFile } from "@neuroshard/node";
import { type Client, createClient } from "@neuroshard/sdk";
import type { NodeFlags } from "../options/network.ts";

export async function openClient({ node, tokenFile }: Pick<NodeFlags, "node" | "tokenFile">): Promise<Client> {
  if (tokenFile === undefined) return createClient({ baseUrl: node });
  return createClient({ baseUrl: node, token: (await readSecretFile(tokenFile)).reveal().trim() });
}
