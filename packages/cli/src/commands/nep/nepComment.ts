/** `neuroshard nep comment`: the digest of a text, ordered and dated by the chain. The text itself is kept elsewhere. */
import { readFile } from "node:fs/promises";
import { bytesToHex, type Digest, getNep, sha256 } from "@neuroshard/sdk";
import { sendBody } from "../../chain/sendBody.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import { nameOption } from "../../options/option.ts";
import { Refusal } from "../../refusal.ts";
import type { CommandDefinition } from "../command.ts";

interface NepCommentFlags extends SigningFlags {
  readonly file: string;
}

export const nepComment: CommandDefinition<NepCommentFlags, readonly [string]> = {
  name: "comment",
  summary: "put the SHA-256 of your comment on the chain; publish the text where others can fetch it",
  examples: ["nep comment NEP-001 --file comment.md"],
  arguments: [nepArgument()],
  options: [nameOption("--file <path>", "the text"), ...signingOptions()],
  required: ["--file"],
  async run({ file, ...flags }, surface, [nep]) {
    const comment = bytesToHex(sha256(await readBytes(file))) as Digest;
    await sendBody(flags, surface, async ({ client }) => {
      const { nepId, label } = await getNep(client, nep);
      return {
        body: { kind: "nepComment", nepId: nepId as Digest, comment },
        notes: [`comment on ${label}: SHA-256 of ${file} is ${comment}`],
      };
    });
  },
};

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Refusal(`cannot read ${path} (${error instanceof Error ? error.message : error}); check the path`);
  }
}
