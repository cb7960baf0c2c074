/** What is wrong with a model, its configuration or its files; the message names cause and remedy. */
export type ModelErrorCode = "UNKNOWN_PRESET" | "INVALID_CONFIG" | "DAMAGED_FILE" | "OTHER_ARCHITECTURE" | "NOT_FINITE";

export class ModelError extends Error {
  readonly code: ModelErrorCode;
  constructor(code: ModelErrorCode, message: string) {
    super(message);
    this.name = "ModelError";
    this.code = code;
  }
}
