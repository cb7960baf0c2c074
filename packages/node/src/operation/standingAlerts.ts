/** Alerts about how things stand: raised while it is so, cleared when it is over. What merely happened is raised elsewhere. */
import type { Alert, AlertBoard } from "./alertBoard.ts";

export interface Standing {
  /** Of the health of the node; undefined while it is well. */
  readonly problem: string | undefined;
  /** Undefined without a network of peers. */
  readonly peers: number | undefined;
  readonly makesBlocks: boolean;
  readonly uptimeSeconds: number;
  readonly isStorageFull: boolean;
  readonly isLogBroken: boolean;
  /** What the network demands beyond this release; undefined when nothing. */
  readonly demand: string | undefined;
}

interface Rule extends Pick<Alert, "topic" | "severity"> {
  /** Undefined while there is nothing to tell. */
  readonly tell: (standing: Standing) => string | undefined;
}

/** So long a new node may look for peers. */
const LONELY_SECONDS = 60;

const RULES: readonly Rule[] = [
  {
    topic: "blocks",
    severity: "error",
    tell: ({ problem }) => problem && `${problem}; check the connection to the network with \`neuroshard doctor\``,
  },
  {
    topic: "storage",
    severity: "error",
    tell: ({ isStorageFull }) => {
      return isStorageFull ? "the room for models and contributions is used up; raise the limit of storage" : undefined;
    },
  },
  {
    topic: "peers",
    severity: "warning",
    tell: ({ peers, makesBlocks, uptimeSeconds }) => {
      const isLonely = peers === 0 && !makesBlocks && uptimeSeconds > LONELY_SECONDS;
      return isLonely ? "no peer is connected; see what `neuroshard doctor` finds" : undefined;
    },
  },
  { topic: "release", severity: "warning", tell: ({ demand }) => demand },
  {
    topic: "log",
    severity: "warning",
    tell: ({ isLogBroken }) => {
      return isLogBroken ? "the log file cannot be written; check the disk and its permissions" : undefined;
    },
  },
];

export function updateStandingAlerts(board: AlertBoard, standing: Standing): void {
  for (const { topic, severity, tell } of RULES) {
    const message = tell(standing);
    if (message === undefined) board.clear(topic);
    else board.raise({ topic, severity, message });
  }
}
