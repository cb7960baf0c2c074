/** `neuroshard nep deliver`: hands in ballots that others signed. They vote with their stake, the sender only pays. */
import { parseJson, type SignedBallot, signedBallot } from "@neuroshard/sdk";
import { Argument } from "commander";
import { readTextFile } from "../../chain/readNepFile.ts";
import { sendBody } from "../../chain/sendBody.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import { Refusal } from "../../refusal.ts";
import type { CommandDefinition } from "../command.ts";

/** What one transaction carries. */
const MOST_BALLOTS = 64;

export const nepDeliver: CommandDefinition<SigningFlags, readonly [readonly string[]]> = {
  name: "deliver",
  summary: "hand in ballots that others signed, from files with one ballot a line",
  examples: ["nep deliver ballot.json", "nep deliver ballots/*.json"],
  arguments: [new Argument("<file...>", "ballots as `nep ballot` prints them")],
  options: signingOptions(),
  required: [],
  async run(flags, surface, [files]) {
    const ballots = (await Promise.all(files.map(readBallots))).flat();
    if (ballots.length === 0) throw new Refusal("the files hold no ballots; give files that `nep ballot` wrote");
    for (let at = 0; at < ballots.length; at += MOST_BALLOTS) {
      const part = ballots.slice(at, at + MOST_BALLOTS);
      await sendBody(flags, surface, () => {
        return { body: { kind: "bulkVote", ballots: part }, notes: [`delivering ${part.length} ballots`] };
      });
    }
  },
};

async function readBallots(path: string): Promise<readonly SignedBallot[]> {
  const lines = (await readTextFile(path)).split("\n");
  return lines.flatMap((line, index) => (line.trim() === "" ? [] : [readBallot(line, `${path}:${index + 1}`)]));
}

function readBallot(line: string, place: string): SignedBallot {
  const parsed = parseJson(signedBallot, readJson(line));
  if (parsed.ok) return parsed.value;
  throw new Refusal(`${place} is no ballot (${parsed.path} ${parsed.reason}); give what \`nep ballot\` printed`);
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
