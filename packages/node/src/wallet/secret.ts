/** Something that must not be printed. Logs, JSON, error messages and the debugger's view of it show `[secret]`. */
import { inspect } from "node:util";

const MASK = "[secret]";

export class Secret<Value> {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  /** The only way to it, and easy to search for. */
  reveal(): Value {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
