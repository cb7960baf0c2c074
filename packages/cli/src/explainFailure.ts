/** What a failure means for the user: one line and an exit code. What nobody expected is a bug and shows its stack. */
import { describeFailure, NodeError } from "@neuroshard/node";
import { isRejectionCode, NeuroError } from "@neuroshard/sdk";
import { CommanderError } from "commander";
import { Refusal } from "./refusal.ts";
import { Interrupted } from "./terminal/interruption.ts";
import { UsageProblem } from "./usageProblem.ts";

export interface Failure {
  readonly exitCode: number;
  /** For stderr; absent where everything has been said. */
  readonly text?: string;
  /** Something in this process does not end by itself. */
  readonly isStuck?: true;
}

const FAILED = 1;
const USAGE = 2;

export function explainFailure(error: unknown): Failure {
  if (error instanceof Interrupted) return withText(error.reason.exitCode, error.reason.message);
  if (error instanceof UsageProblem) return withText(USAGE, error.message);
  if (error instanceof Refusal) return withText(FAILED, error.message);
  // The parser has printed the help or the version; help that nobody asked for answers an incomplete command line.
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : USAGE };
  if (error instanceof NeuroError) return withText(FAILED, describeNodeAnswer(error));
  const known = describeFailure(error);
  const isStuck = error instanceof NodeError && error.code === "STUCK";
  if (known !== undefined) return { ...withText(known.exitCode, known.message), ...(isStuck && { isStuck }) };
  return { exitCode: FAILED, text: `internal: ${error instanceof Error ? error.stack : String(error)}\n` };
}

function withText(exitCode: number, message: string | undefined): Failure {
  if (message === undefined) return { exitCode };
  return { exitCode, text: `neuroshard: ${message.trim().replace(/\s*\n\s*/g, " ")}\n` };
}

/** A rejection keeps its code, which is what the specification and the receipts call it. */
function describeNodeAnswer({ code, message }: NeuroError): string {
  if (code === "UNREACHABLE") return message.replace(/;.*$/, "; run `neuroshard start`, or name another with --node");
  return isRejectionCode(code) ? `${code}: ${message}` : message;
}
