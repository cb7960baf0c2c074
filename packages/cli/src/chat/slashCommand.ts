/** The commands inside a chat: lines that begin with a slash. */
import { TEMPERATURE_RANGE } from "../options/generation.ts";
import { readNumber } from "../options/option.ts";
import { SEED_RANGE } from "../options/seed.ts";
import { UsageProblem } from "../usageProblem.ts";
import type { Conversation } from "./conversation.ts";

const CHAT_HELP = [
  "/help             this list",
  "/seed NUMBER      the starting point of chance: the same seed, the same answer",
  "/temperature T    0 always takes the likeliest word, 1 is as varied as the data",
  "/quit             leave; Ctrl-C stops an answer, a second one leaves",
].join("\n");

/** `quit`, or what to say to the user; undefined where `line` is no command but a question. */
export function runSlashCommand(line: string, conversation: Conversation): "quit" | { say: string } | undefined {
  const [name = "", value = ""] = line.trim().split(/\s+/);
  if (!name.startsWith("/")) return undefined;
  try {
    switch (name) {
      case "/quit":
        return "quit";
      case "/help":
        return { say: CHAT_HELP };
      case "/seed":
        conversation.setSeed(readNumber(name, value, { ...SEED_RANGE, isWhole: true }));
        return { say: `the seed is ${value}` };
      case "/temperature":
        conversation.setTemperature(readNumber(name, value, TEMPERATURE_RANGE));
        return { say: `the temperature is ${value}` };
      default:
        return { say: `there is no ${name}; /help lists what there is` };
    }
  } catch (error) {
    if (error instanceof UsageProblem) return { say: error.message };
    throw error;
  }
}
