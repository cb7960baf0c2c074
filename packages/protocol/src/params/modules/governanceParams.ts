/** The rules of voting: tracks by type of proposal, what a proposal costs and earns, limits. */
import { paramModule } from "../entry.ts";

const rules = { types: ["gov"], cooldownDays: 30 } as const;
const STRICT = "0.334";

const quorum = (fraction: string) =>
  ({
    type: "decimal",
    unit: "fraction",
    default: fraction,
    range: ["0.01", "0.9"],
    maxStep: "0.5",
    doc: "Part of the voting power of the snapshot that must vote, abstentions included.",
  }) as const;

const approval = (fraction: string) =>
  ({
    type: "decimal",
    unit: "fraction",
    default: fraction,
    range: ["0.500000000000000001", "0.95"],
    maxStep: "0.2",
    doc: "Part of yes among yes and no that approves.",
  }) as const;

const period = (days: number, least: number, doc: string) =>
  ({
    type: "integer",
    unit: "blocks",
    default: days === 0 ? 0 : { days },
    range: [least === 0 ? 0 : { days: least }, { days: 90 }],
    maxStep: "1",
    doc,
  }) as const;

const review = (days: number, least = 1) => period(days, least, "Time for comments and edits before votes are taken.");
const voting = (days: number) => period(days, 1, "Time during which votes are taken.");
const timelock = (days: number, least = 1) => period(days, least, "Least time from approval to activation.");

export const governanceTracks = paramModule("governance.tracks", rules, {
  STANDARD_QUORUM: quorum("0.2"),
  STANDARD_APPROVAL: approval("0.66"),
  STANDARD_REVIEW: review(7),
  STANDARD_VOTING: voting(7),
  STANDARD_TIMELOCK: timelock(7),
  ARCHITECTURE_QUORUM: quorum("0.25"),
  ARCHITECTURE_APPROVAL: approval("0.666666666666666667"),
  ARCHITECTURE_REVIEW: review(7),
  ARCHITECTURE_VOTING: voting(7),
  ARCHITECTURE_TIMELOCK: timelock(14),
  CONSTITUTION_QUORUM: quorum(STRICT),
  CONSTITUTION_APPROVAL: approval("0.75"),
  CONSTITUTION_REVIEW: review(14),
  CONSTITUTION_VOTING: voting(14),
  CONSTITUTION_TIMELOCK: timelock(14),
  EMERGENCY_QUORUM: quorum(STRICT),
  EMERGENCY_APPROVAL: approval("0.75"),
  EMERGENCY_REVIEW: review(0, 0),
  EMERGENCY_VOTING: voting(1),
  EMERGENCY_TIMELOCK: timelock(0, 0),
});

export const governanceVoting = paramModule("governance.voting", rules, {
  VETO_THRESHOLD: {
    type: "decimal",
    unit: "fraction",
    default: "0.333333333333333334",
    range: ["0.1", "0.9"],
    maxStep: "0.2",
    doc: "Part of the votes cast that ends a proposal by veto.",
  },
  LATE_QUORUM_WINDOW: {
    type: "decimal",
    unit: "fraction",
    default: "0.1",
    range: ["0", "0.5"],
    doc: "Last part of the voting time; a quorum first reached in it extends voting once by as much.",
  },
  MIN_VOTERS: {
    type: "integer",
    unit: "accounts",
    default: 1,
    range: [1, 1000],
    doc: "Fewest accounts that must vote, whatever their power.",
  },
  MIN_STAKE_VOTED: {
    type: "decimal",
    unit: "NEURO",
    default: "100",
    range: ["0", "1000000"],
    maxStep: "1",
    doc: "Least power that must vote, whatever part of the whole that is.",
  },
  READINESS_THRESHOLD: {
    type: "decimal",
    unit: "fraction",
    default: "0.9",
    range: ["0.5", "1"],
    doc: "Part of the power of the snapshot that must be ready for a proposal before it activates.",
  },
  READINESS_EXTENSION: {
    type: "integer",
    unit: "blocks",
    default: { days: 7 },
    range: [{ days: 1 }, { days: 90 }],
    maxStep: "1",
    doc: "Time by which an activation is postponed, once, when too few are ready.",
  },
  ROLLBACK_WINDOW: {
    type: "integer",
    unit: "blocks",
    default: { days: 14 },
    range: [{ days: 1 }, { days: 90 }],
    maxStep: "1",
    doc: "Time after activation during which a change can be rolled back.",
  },
  ROLLBACK_THRESHOLD: {
    type: "decimal",
    unit: "fraction",
    default: "0.666666666666666667",
    range: ["0.5", "1"],
    doc: "Part of all voting power that rolls a change back.",
  },
  EMERGENCY_LIFETIME: {
    type: "integer",
    unit: "blocks",
    default: { days: 21 },
    range: [{ days: 1 }, { days: 60 }],
    maxStep: "1",
    doc: "Time after which an emergency change ends unless a standard vote ratified it.",
  },
});

export const governanceRegistry = paramModule("governance.registry", rules, {
  MIN_STAKE_TO_PROPOSE: money("100", "1000000", "Stake that an author needs."),
  PROPOSAL_FEE: money("10", "10000", "Escrow of a proposal: returned or burned as its outcome says."),
  PROPOSER_REWARD_RATE_APPROVED: rate(
    "0.001",
    "Reward of an approved proposal as a part of the stake that others voted.",
  ),
  PROPOSER_REWARD_RATE_QUORUM: rate("0.0001", "The same for a proposal that was rejected with a quorum."),
  PROPOSER_REWARD_MIN: money("1", "1000", "Least reward of an approved proposal."),
  PROPOSER_REWARD_MAX: money("1000", "100000", "Largest reward of an approved proposal."),
  PROPOSER_REWARD_MAX_QUORUM: money("100", "100000", "Largest reward of a proposal that was rejected with a quorum."),
  VOTER_REWARD_RATE: {
    type: "decimal",
    unit: "fraction",
    default: "0",
    range: ["0", "0"],
    types: [],
    doc: "Votes are not paid: paid votes are cast by people who did not read. The ancestor declared 0.0001.",
  },
  RESUBMIT_COOLDOWN: {
    type: "integer",
    unit: "blocks",
    default: { days: 30 },
    range: [0, { days: 365 }],
    maxStep: "1",
    doc: "Time before a rejected proposal can be submitted again with the same content.",
  },
  MAX_OPEN_PROPOSALS: {
    type: "integer",
    unit: "proposals",
    default: 64,
    range: [4, 1024],
    maxStep: "1",
    doc: "Most proposals that are neither settled nor active.",
  },
  MAX_NEP_BYTES: {
    type: "integer",
    unit: "bytes",
    default: 262_144,
    range: [16_384, 393_216],
    maxStep: "1",
    doc: "Largest encoded proposal.",
  },
});

function money(amount: string, most: string, doc: string) {
  return { type: "decimal", unit: "NEURO", default: amount, range: ["0", most], maxStep: "1", doc } as const;
}

function rate(fraction: string, doc: string) {
  return { type: "decimal", unit: "fraction", default: fraction, range: ["0", "0.01"], maxStep: "1", doc } as const;
}
