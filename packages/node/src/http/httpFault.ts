/** What ends a request with an error object. The code decides status and words; both stand in the contract. */
import {
  type ApiErrorCode,
  describeFault,
  type FaultView,
  httpStatusOf,
  type RefusalCode,
  type Refusals,
} from "@neuroshard/sdk/api";

export class HttpFault extends Error {
  readonly fault: FaultView;
  readonly status: number;

  constructor(code: string, figures: Readonly<Record<string, string>>) {
    const fault = describeFault(code, figures);
    super(fault.message);
    this.name = "HttpFault";
    this.fault = fault;
    this.status = httpStatusOf(code as ApiErrorCode);
  }
}

/** A refusal of the surface itself. */
export function refused<C extends RefusalCode>(code: C, figures: Refusals[C]): HttpFault {
  return new HttpFault(code, { ...figures });
}

/** @param what Noun and name: `block 12`. */
export function notFound(what: string): HttpFault {
  return refused("NOT_FOUND", { what: what.slice(0, 128) });
}
