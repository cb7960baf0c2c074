/**
 * How much of the disk blobs take. What has not been used for longest goes first when room is needed; what is pinned stays.
 * Whether there is room is also a word of shared memory, for threads that write.
 */
import { NodeError } from "../nodeError.ts";

export class BlobRoom {
  /** One int32: 1 while pinned blobs alone take more than there is. */
  readonly fullFlag = new SharedArrayBuffer(4);
  #quotaBytes: number;
  readonly #drop: (name: string) => void;
  /** Bytes by name, what was used last at the end. */
  readonly #taken = new Map<string, number>();
  readonly #pinned = new Set<string>();
  #takenBytes = 0;

  /** @param drop Removes what has to go from the disk. */
  constructor(quotaBytes: number, drop: (name: string) => void) {
    this.#quotaBytes = quotaBytes;
    this.#drop = drop;
  }

  get takenBytes(): number {
    return this.#takenBytes;
  }

  get isFull(): boolean {
    return this.#takenBytes > this.#quotaBytes;
  }

  /** What has no room any more goes at once, but for what is pinned. */
  setQuota(bytes: number): void {
    this.#quotaBytes = bytes;
    this.#shrink();
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  /** Takes room before it is filled. Throws NodeError NO_ROOM, having dropped nothing. */
  reserve(name: string, bytes: number): void {
    let keptBytes = bytes;
    for (const [other, size] of this.#taken) if (other !== name && this.#pinned.has(other)) keptBytes += size;
    if (keptBytes > this.#quotaBytes) {
      const limit = `${this.#quotaBytes} bytes set aside for blobs`;
      throw new NodeError("NO_ROOM", `${bytes} more do not fit into the ${limit}; set aside more for this node`);
    }
    this.note(name, bytes);
  }

  /** It is there already, whether there is room or not. */
  note(name: string, bytes: number): void {
    this.#takenBytes += bytes - (this.#taken.get(name) ?? 0);
    this.#taken.delete(name);
    this.#taken.set(name, bytes);
    this.#shrink(name);
  }

  /** It is in use: it goes last. */
  touch(name: string): void {
    const bytes = this.#taken.get(name);
    if (bytes === undefined) return;
    this.#taken.delete(name);
    this.#taken.set(name, bytes);
  }

  forget(name: string): void {
    this.#takenBytes -= this.#taken.get(name) ?? 0;
    this.#taken.delete(name);
    this.#tell();
  }

  pin(name: string): void {
    this.#pinned.add(name);
  }

  unpin(name: string): void {
    this.#pinned.delete(name);
    this.#shrink();
  }

  #shrink(newest?: string): void {
    if (this.isFull) {
      for (const name of [...this.#taken.keys()]) {
        if (name === newest || this.#pinned.has(name)) continue;
        this.forget(name);
        this.#drop(name);
        if (this.#takenBytes <= this.#quotaBytes) break;
      }
    }
    this.#tell();
  }

  #tell(): void {
    Atomics.store(new Int32Array(this.fullFlag), 0, this.isFull ? 1 : 0);
  }
}
