/** What can go wrong between peers, by name. */

export type NetworkErrorCode =
  | "UNREACHABLE"
  | "REFUSED"
  | "TOO_SLOW"
  | "MALFORMED"
  | "NOT_FOUND"
  | "TOO_LARGE"
  | "NO_ROOM"
  | "WRONG_NETWORK"
  | "OLD_PROTOCOL"
  | "PORT_IN_USE"
  | "BAD_ADDRESS";

export class NetworkError extends Error {
  readonly code: NetworkErrorCode;

  constructor(code: NetworkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "NetworkError";
    this.code = code;
  }
}
