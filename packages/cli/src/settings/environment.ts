/** Which flags the environment can give, and under which names. Those that delete, or ask for one thing once, are not among them. */
export const ENVIRONMENT = {
  "--home": "NEUROSHARD_HOME",
  "--node": "NEUROSHARD_NODE",
  "--token-file": "NEUROSHARD_TOKEN_FILE",
  "--wallet": "NEUROSHARD_WALLET",
  "--host": "NEUROSHARD_HOST",
  "--port": "NEUROSHARD_PORT",
  "--network": "NEUROSHARD_NETWORK",
  "--follow": "NEUROSHARD_FOLLOW",
  "--role": "NEUROSHARD_ROLE",
  "--threads": "NEUROSHARD_THREADS",
  "--memory": "NEUROSHARD_MEMORY",
  "--storage": "NEUROSHARD_STORAGE",
  "--swarm-key": "NEUROSHARD_SWARM_KEY",
  "--engine": "NEUROSHARD_ENGINE",
  "--nodes": "NEUROSHARD_NODES",
  "--data": "NEUROSHARD_DATA",
  "--preset": "NEUROSHARD_PRESET",
} as const satisfies Readonly<Record<string, `NEUROSHARD_${string}`>>;

export type SettingFlag = keyof typeof ENVIRONMENT;

export function isSettingFlag(flag: string): flag is SettingFlag {
  return Object.hasOwn(ENVIRONMENT, flag);
}

/** `--swarm-key` is `swarm-key` in a settings file. */
export const SETTING_NAMES: readonly string[] = Object.keys(ENVIRONMENT).map((flag) => flag.slice(2));
