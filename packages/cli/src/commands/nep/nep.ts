/** `neuroshard nep`: proposals, from the first line of a text to the change of a rule. */
import type { CommandGroup } from "../command.ts";
import { nepBallot } from "./nepBallot.ts";
import { nepComment } from "./nepComment.ts";
import { nepDeliver } from "./nepDeliver.ts";
import { nepEdit } from "./nepEdit.ts";
import { nepExport } from "./nepExport.ts";
import { nepHistory } from "./nepHistory.ts";
import { nepImport } from "./nepImport.ts";
import { nepLint } from "./nepLint.ts";
import { nepList } from "./nepList.ts";
import { nepNew } from "./nepNew.ts";
import { nepShow } from "./nepShow.ts";
import { nepReady, nepRollback, nepWithdraw } from "./nepSignal.ts";
import { nepSubmit } from "./nepSubmit.ts";
import { nepTally } from "./nepTally.ts";
import { nepVote } from "./nepVote.ts";
import { nepVotes } from "./nepVotes.ts";

export const nep: CommandGroup = {
  name: "nep",
  summary: "write, submit, read and vote on proposals that change the rules",
  commands: [
    nepNew,
    nepLint,
    nepSubmit,
    nepEdit,
    nepList,
    nepShow,
    nepVote,
    nepTally,
    nepVotes,
    nepReady,
    nepWithdraw,
    nepRollback,
    nepHistory,
    nepComment,
    nepExport,
    nepImport,
    nepBallot,
    nepDeliver,
  ],
};
