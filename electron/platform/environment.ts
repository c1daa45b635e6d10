/** What a child process may see of our environment. Keys, tokens and proxies with passwords are not among it. */
const KEPT = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TERM']

/** Without these no program starts on Windows. */
const KEPT_ON_WINDOWS = [
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
]

/** Where a person's git settings may live; GIT_DIR and its kin would point git at another repository. */
const KEPT_FOR_GIT = [
  'XDG_CONFIG_HOME',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
]

/** The environment of a command that an agent may run: the few names above, and that nobody watches it. */
export function commandEnvironment(tags: Record<string, string>): Record<string, string> {
  return { ...kept(KEPT), CI: '1', ...tags }
}

/** The environment of git: English messages, no questions, no pager, no optional locks. */
export function gitEnvironment(more: Record<string, string>): Record<string, string> {
  return {
    ...kept([...KEPT, ...KEPT_FOR_GIT]),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_EDITOR: 'true',
    GIT_PAGER: 'cat',
    ...more,
  }
}

function kept(names: readonly string[]): Record<string, string> {
  const all = process.platform === 'win32' ? [...names, ...KEPT_ON_WINDOWS] : names
  // biome-ignore lint/style/noProcessEnv: the one place that decides what children inherit; nothing is configured by it
  const own = process.env
  return Object.fromEntries(all.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])))
}
