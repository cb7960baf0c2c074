/** One side of a simulated connection: its streams, and how the other side learns what happens here. */
import { NetworkError } from "../networkError.ts";
import type { FrameKind, Link } from "./link.ts";
import { MemoryStream } from "./memoryStream.ts";

/** What negotiating a protocol takes on the wire. */
const OPENING_BYTES = 64;

export type StreamKind = Exclude<FrameKind, "gossip">;

export class ConnectionEnd {
  readonly link: Link;
  readonly #onLost: (end: ConnectionEnd) => void;
  readonly #streams = new Set<MemoryStream>();
  #other: ConnectionEnd | undefined;
  #isOpen = true;

  /** `link` leads to the other side. */
  constructor(link: Link, onLost: (end: ConnectionEnd) => void) {
    this.link = link;
    this.#onLost = onLost;
  }

  static join(a: ConnectionEnd, b: ConnectionEnd): void {
    a.#other = b;
    b.#other = a;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** `arrive` happens at the other side, unless the connection is lost before. */
  send(kind: FrameKind, bytes: number, arrive: () => void): void {
    const other = this.#peer();
    if (!this.#isOpen) return;
    this.link.send(kind, bytes, () => {
      if (other.#isOpen) arrive();
    });
  }

  /** `accept` runs at the other side: the handler of the stream there, if it has one. */
  async openStream(
    kind: StreamKind,
    accept: () => ((stream: MemoryStream) => void) | undefined,
  ): Promise<MemoryStream> {
    const other = this.#peer();
    const near = this.#addStream(kind);
    this.send(kind, OPENING_BYTES, () => {
      const handler = accept();
      if (handler === undefined) {
        const refusal = new NetworkError("UNREACHABLE", "the peer does not speak this protocol");
        other.send(kind, OPENING_BYTES, () => near.fail(refusal));
        return;
      }
      const far = other.#addStream(kind);
      MemoryStream.join(near, far);
      other.send(kind, OPENING_BYTES, () => near.confirm());
      handler(far);
    });
    await near.opened();
    return near;
  }

  /** Ends it here at once, and at the other side when the news arrives. */
  close(reason: Error): void {
    this.announceEnd();
    this.lose(reason);
  }

  announceEnd(): void {
    const other = this.#peer();
    this.send("small", 0, () => other.lose(new NetworkError("UNREACHABLE", "the peer closed the connection")));
  }

  /** Ends this side only. */
  lose(reason: Error): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.link.forgetParked();
    for (const stream of [...this.#streams]) stream.fail(reason);
    this.#onLost(this);
  }

  #addStream(kind: StreamKind): MemoryStream {
    const stream = new MemoryStream(
      (bytes, arrive) => this.send(kind, bytes, arrive),
      (ended) => this.#streams.delete(ended),
    );
    this.#streams.add(stream);
    return stream;
  }

  #peer(): ConnectionEnd {
    if (this.#other === undefined) throw new Error("internal: a connection with one end");
    return this.#other;
  }
}
