/** Where a follower gets a chain from. Nothing that comes out of it is believed. */

export interface BlockSource {
  /** For messages. */
  readonly name: string;
  /** All bytes are encoded by the codecs of the protocol. Throws NodeError SOURCE_UNREACHABLE; so do the others. */
  genesis(): Promise<Uint8Array>;
  /** Height of its last block. */
  head(): Promise<number>;
  /** Undefined where it does not have it. */
  block(height: number): Promise<Uint8Array | undefined>;
  /** The manifest of its newest snapshot. */
  snapshot(): Promise<Uint8Array | undefined>;
  snapshotChunk(height: number, index: number): Promise<Uint8Array | undefined>;
  /**
   * What it gave as the block of that height cannot follow. True: that was a peer's doing, and others can be asked for
   * the same block. A source without this is a single node: its bad block ends the following.
   */
  refuse?(height: number): boolean;
}
