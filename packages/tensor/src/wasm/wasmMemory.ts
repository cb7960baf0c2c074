/**
 * Layout of a WebAssembly engine's memory: the module's own data, the threads' common state and scratch, then tensors.
 * Sizes repeat kernels/team.h.
 */
const PAGE_BYTES = 65536;
const CONTROL_BYTES = 64;
const SYNC_BYTES = 64 + 64 * 64;
const SHARED_SCRATCH_BYTES = 12 << 20;
const THREAD_SCRATCH_BYTES = 16 << 20;
const STACK_BYTES = 1 << 18;

export interface ThreadPlaces {
  readonly stackTop: number;
  readonly scratch: number;
}

export interface WasmLayout {
  readonly control: number;
  readonly sync: number;
  readonly sharedScratch: number;
  readonly threads: readonly ThreadPlaces[];
  readonly firstFree: number;
}

export function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}

/** `heapBase` is the first byte after the module's data and its own stack. */
export function layOutMemory(heapBase: number, threads: number): WasmLayout {
  let next = alignUp(heapBase, 64);
  const take = (bytes: number): number => {
    const address = next;
    next += bytes;
    return address;
  };
  const control = take(CONTROL_BYTES);
  const sync = take(SYNC_BYTES);
  const sharedScratch = take(SHARED_SCRATCH_BYTES);
  const places = Array.from({ length: threads }, () => ({
    scratch: take(THREAD_SCRATCH_BYTES),
    stackTop: take(STACK_BYTES) + STACK_BYTES,
  }));
  return { control, sync, sharedScratch, threads: places, firstFree: next };
}

export function pagesFor(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
