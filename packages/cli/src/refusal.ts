/** A command that was understood and cannot be done: exit code 1. The message is one line, cause and remedy. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Refusal";
  }
}
