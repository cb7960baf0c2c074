/** What makes bytes or JSON no value of a schema. Thrown inside the codec only; `decode` and `parseJson` return it. */
export class Malformed extends Error {
  /** Where in the value: `body.memo`, empty for the value itself. */
  readonly path: string;
  readonly reason: string;

  constructor(reason: string, path = "") {
    super(path === "" ? reason : `${path}: ${reason}`);
    this.name = "Malformed";
    this.path = path;
    this.reason = reason;
  }

  /** The same fault, seen from the value that contains this one as `key`. */
  inside(key: string): Malformed {
    const separator = this.path === "" || this.path.startsWith("[") ? "" : ".";
    return new Malformed(this.reason, `${key}${separator}${this.path}`);
  }
}

/** Runs `action` on a part of a value, so that its faults name the part. */
export function within<T>(key: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof Malformed ? error.inside(key) : error;
  }
}
