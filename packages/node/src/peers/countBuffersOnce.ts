/**
 * For a process that moves many bytes: buffers count as part of the memory whose growth V8 waits for before it collects.
 * By default it allows them a few dozen megabytes beyond a small heap, so that whoever receives 150 MB/s has the whole heap
 * marked ten times a second: half of two cores, and pauses of 20 ms. What memory is held at most stays the same to within
 * some 20 MB.
 */
import { setFlagsFromString } from "node:v8";

export function countBuffersOnce(): void {
  setFlagsFromString("--external-memory-accounted-in-global-limit");
}
