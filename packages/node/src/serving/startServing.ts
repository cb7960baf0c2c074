/**
 * A node that has the model of its network serves it: always the newest one that is finalised and here. What the HTTP
 * surface and whoever watches the node see of it.
 */
import type { Tokenizer } from "@neuroshard/model";
import type { State, TrainingGenesis } from "@neuroshard/protocol";
import type { FileBlobStore } from "../blobs/fileBlobStore.ts";
import { type EngineChoice, readTokenizer } from "../rounds/networkModel.ts";
import { hasDialogues } from "./hasDialogues.ts";
import type { ServedModel } from "./offeredModels.ts";
import { type ServedText, type TextLoad, TextServer } from "./textServer.ts";

/** What of the serving can be watched. */
export interface ServingView {
  /** What new texts are written by; undefined until there is one. */
  readonly model: ServedModel | undefined;
  /** Whether it has learned to answer; undefined until its data is here. */
  readonly chats: boolean | undefined;
  readonly load: TextLoad;
  /** Called for each text that is over. Returns how to end it. */
  onServed(listener: (text: ServedText) => void): () => void;
}

export interface Serving extends ServingView {
  readonly training: TrainingGenesis;
  /** Undefined until the data of the training is here. */
  readonly writer: Writer | undefined;
  stop(): Promise<void>;
}

/** What is needed to ask for texts. */
export interface Writer {
  readonly tokenizer: Tokenizer;
  readonly chats: boolean;
  readonly server: TextServer;
}

export interface ServingParts extends EngineChoice {
  readonly training: TrainingGenesis;
  readonly blobs: FileBlobStore;
  readonly chain: { readonly state: State; subscribe(listener: () => void): () => void };
  readonly onTrouble: (message: string) => void;
}

const SLOTS = 16;
const MOST_WAITING = 64;
const IDLE: TextLoad = { active: 0, queued: 0, slots: SLOTS, tokensPerSecond: 0, tokensWritten: 0 };

export function startServing({ training, blobs, chain, onTrouble, engine, threads = 1 }: ServingParts): Serving {
  const listeners = new Set<(text: ServedText) => void>();
  let writer: Writer | undefined;

  function open(): Writer {
    const tokenizer = readTokenizer(training, blobs);
    const place = { training, folder: blobs.folder, engine, threads };
    const server = new TextServer({ ...place, slots: SLOTS, mostWaiting: MOST_WAITING, onTrouble }, (text) => {
      for (const listener of listeners) listener(text);
    });
    return { tokenizer, chats: hasDialogues(training, tokenizer, blobs), server };
  }

  /** After each block: is a newer model here? */
  function look(): void {
    const { model, modelRound: round, steps } = chain.state.cells.training;
    const digest = model.weights;
    const needed = [digest, training.tokenizer.digest, training.validationTokens.digest];
    if (writer?.server.offered?.digest === digest || needed.some((each) => !blobs.has(each))) return;
    try {
      writer ??= open();
      writer.server.offer({ digest, round, steps });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      onTrouble(`the model cannot be served: ${error.message}`);
    }
  }

  look();
  const unsubscribe = chain.subscribe(look);
  return {
    training,
    get writer() {
      return writer;
    },
    get model() {
      return writer?.server.model;
    },
    get chats() {
      return writer?.chats;
    },
    get load() {
      return writer?.server.load ?? IDLE;
    },
    onServed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      unsubscribe();
      await writer?.server.close();
    },
  };
}
