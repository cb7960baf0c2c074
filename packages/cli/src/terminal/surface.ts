/** What a command may touch of the process: its three streams and the way it is stopped. */
import { Interruption } from "./interruption.ts";

export interface Surface {
  readonly stdin: NodeJS.ReadStream;
  /** Results. */
  readonly stdout: NodeJS.WriteStream;
  /** Progress and errors. */
  readonly stderr: NodeJS.WriteStream;
  readonly interruption: Interruption;
}

/** Takes over the signals and the output errors of `process`. */
export function createSurface(process: NodeJS.Process): Surface {
  const { stdin, stdout, stderr } = process;
  const interruption = new Interruption(({ exitCode, message }) => {
    if (message !== undefined) stderr.write(`neuroshard: ${message}\n`);
    process.exit(exitCode);
  });
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interruption.handleSignal(name));
  stdout.on("error", (error) => interruption.handleOutputFailure(error));
  // Without a reader for errors there is nobody left to tell.
  stderr.on("error", () => {});
  return { stdin, stdout, stderr, interruption };
}

export function printJson({ stdout }: Pick<Surface, "stdout">, value: object): void {
  stdout.write(`${JSON.stringify(value)}\n`);
}
