import { assertNever } from '#shared/assert-never.ts'
import type { ToolKind } from '#shared/execution-event.ts'
import type { PermissionMode, PolicyRule, RuleEffect } from '#shared/policy.ts'
import { disguises, matchesCommand } from './command-pattern.ts'
import { matchesPath } from './path-pattern.ts'
import { readShellLine, type SimpleCommand } from './shell-line.ts'

type Rule = Pick<PolicyRule, 'effect' | 'target' | 'pattern'>

/** What holds for the agents of an execution. */
export interface Policy {
  mode: PermissionMode
  /** Those of the board and those of this execution. */
  rules: readonly Rule[]
  /** False in phases that only read: no mode and no rule widens them. */
  mayEdit: boolean
  /** Command lines that a person has set for the project. */
  projectCommands: readonly string[]
  shell: 'posix' | 'windows'
}

/** A path that an agent named, as it really is. */
export type RealPath =
  | { place: 'inside'; path: string }
  /** Git's own files, or a link that leads nowhere. */
  | { place: 'refused'; path: string; why: string }
  | { place: 'outside'; path: string }

/** What an agent wants to do, its paths resolved. */
export interface PolicyAsk {
  kind: ToolKind
  tool: string
  /** Of `execute`: the command line. */
  command: string
  paths: readonly RealPath[]
}

export interface Decision {
  answer: 'allow' | 'deny' | 'ask'
  /** Why, as a sentence: for the agent where it is refused, for the person where they are asked. */
  reason: string
}

const ALLOW: Decision = { answer: 'allow', reason: '' }
const ask = (reason: string): Decision => ({ answer: 'ask', reason })
const deny = (reason: string): Decision => ({ answer: 'deny', reason })

/** The policy's answer. Nothing that an agent, a file or a tool's output says has a part in it but the act itself. */
export function decideTool(policy: Policy, wanted: PolicyAsk): Decision {
  if (rulesOf(policy, 'deny', 'tool').some((rule) => matchesName(rule.pattern, wanted.tool)))
    return deny(`A rule of this board refuses the tool “${wanted.tool}”.`)
  switch (wanted.kind) {
    case 'think':
      return ALLOW
    case 'read':
    case 'search':
      return worst(wanted.paths.map((path) => decideRead(policy, path)))
    case 'edit':
    case 'delete':
    case 'move':
      return policy.mayEdit ? decideEdits(policy, wanted.paths) : READS_ONLY
    case 'execute':
      return policy.mayEdit ? decideCommand(policy, wanted.command) : READS_ONLY
    case 'fetch':
    case 'other':
      return policy.mayEdit ? decideOther(policy, wanted.tool) : READS_ONLY
    default:
      return assertNever(wanted.kind)
  }
}

const READS_ONLY = deny('This step only reads. Say what should be changed instead.')

function decideRead(policy: Policy, path: RealPath): Decision {
  if (path.place === 'refused') return deny(`“${path.path}” was refused: ${path.why}`)
  if (path.place === 'outside') {
    if (!policy.mayEdit) return deny(`“${path.path}” is outside the workspace. Use a path inside it.`)
    return ask(`“${path.path}” is outside the workspace.`)
  }
  return isDenied(policy, path.path) ? deny(`A rule of this board refuses “${path.path}”.`) : ALLOW
}

function decideEdits(policy: Policy, paths: readonly RealPath[]): Decision {
  if (paths.length === 0)
    return policy.mode === 'full' ? ALLOW : ask('It is not said which files it changes.')
  return worst(paths.map((path) => decideEdit(policy, path)))
}

function decideEdit(policy: Policy, path: RealPath): Decision {
  if (path.place === 'refused') return deny(`“${path.path}” was refused: ${path.why}`)
  if (path.place === 'outside')
    return deny(
      `“${path.path}” is outside the workspace, where nothing may be changed. Use a path inside it.`,
    )
  if (isDenied(policy, path.path)) return deny(`A rule of this board refuses changes of “${path.path}”.`)
  if (policy.mode === 'full') return ALLOW
  const isAllowed = rulesOf(policy, 'allow', 'path').some((rule) =>
    matchesPath(rule.pattern, path.path, 'allow'),
  )
  if (isAllowed) return ALLOW
  if (policy.mode === 'ask') return ask('The policy of this board asks before files are changed.')
  return runsByItself(path.path)
    ? ask(`“${path.path}” can make programs run on the computer of whoever opens the project.`)
    : ALLOW
}

/** Files by which editors, agents and shells start programs without being asked to. */
const RUNS_BY_ITSELF =
  /(^|\/)(\.envrc|\.mcp\.json|\.claude\/(settings(\.local)?\.json|hooks\/.*)|\.cursor\/.*|\.vscode\/(tasks|settings|launch)\.json|\.idea\/.*|\.gitmodules|\.husky\/.*|\.devcontainer\/.*|\.gemini\/settings\.json|\.codex\/.*)$/i

function runsByItself(path: string): boolean {
  return RUNS_BY_ITSELF.test(path)
}

function decideCommand(policy: Policy, line: string): Decision {
  const { commands, unclear } = readShellLine(line, policy.shell)
  const refused = rulesOf(policy, 'deny', 'command')
  const culprit = commands.find((command) => refused.some((rule) => isRefused(rule, command)))
  if (culprit) return deny(`A rule of this board refuses “${culprit.words.join(' ')}”.`)
  if (policy.mode === 'full') {
    const isSafe = unclear === null || refused.length === 0
    return isSafe ? ALLOW : ask(`The rules of this board cannot be checked on it: ${unclear}.`)
  }
  const isOfProject = policy.projectCommands.some((own) => own.trim() === line.trim())
  if (policy.mode === 'trusted' && isOfProject) return ALLOW
  return unclear === null
    ? decidePlain(policy, commands)
    : ask(`It cannot be told what exactly it would run: ${unclear}.`)
}

function decidePlain(policy: Policy, commands: readonly SimpleCommand[]): Decision {
  const rest = commands.find((command) => !isCommandAllowed(policy, command))
  if (!rest && commands.length > 0) return ALLOW
  if (rest && commands.length > 1) return ask(`No rule allows “${rest.words.join(' ')}”.`)
  return ask('The policy of this board asks before commands are run.')
}

function isRefused(rule: Rule, command: SimpleCommand): boolean {
  return disguises(command).some((words) => matchesCommand(rule.pattern, words))
}

/** A file that it is redirected to or from is no part of the pattern, so a person looks at it. */
function isCommandAllowed(policy: Policy, { words, redirects }: SimpleCommand): boolean {
  if (redirects.length > 0) return false
  return rulesOf(policy, 'allow', 'command').some((rule) => matchesCommand(rule.pattern, words))
}

function decideOther(policy: Policy, tool: string): Decision {
  const isAllowed = rulesOf(policy, 'allow', 'tool').some((rule) => matchesName(rule.pattern, tool))
  return policy.mode === 'full' || isAllowed
    ? ALLOW
    : ask('The policy of this board asks before such tools are used.')
}

/** Those of these paths of the workspace that a rule refuses, to be read as well as to be changed. */
export function refusedPaths(policy: Pick<Policy, 'rules'>, paths: readonly string[]): Set<string> {
  const patterns = policy.rules.filter(({ effect, target }) => effect === 'deny' && target === 'path')
  return new Set(paths.filter((path) => patterns.some(({ pattern }) => matchesPath(pattern, path, 'deny'))))
}

function isDenied(policy: Policy, path: string): boolean {
  return rulesOf(policy, 'deny', 'path').some((rule) => matchesPath(rule.pattern, path, 'deny'))
}

function rulesOf(policy: Policy, effect: RuleEffect, target: Rule['target']): Rule[] {
  return policy.rules.filter((rule) => rule.effect === effect && rule.target === target)
}

/** A tool's name is one part of a path. */
function matchesName(pattern: string, name: string): boolean {
  return matchesPath(pattern.replaceAll('/', '∕'), name.replaceAll('/', '∕'), 'deny')
}

const ORDER = { allow: 0, ask: 1, deny: 2 } as const

function worst(decisions: readonly Decision[]): Decision {
  return decisions.reduce((a, b) => (ORDER[b.answer] > ORDER[a.answer] ? b : a), ALLOW)
}
