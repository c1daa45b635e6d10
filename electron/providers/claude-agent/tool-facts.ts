import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { ToolKind } from '#shared/execution-event.ts'

const KINDS: Readonly<Record<string, ToolKind>> = {
  Read: 'read',
  Glob: 'search',
  Grep: 'search',
  LS: 'read',
  Write: 'edit',
  Edit: 'edit',
  MultiEdit: 'edit',
  NotebookEdit: 'edit',
  Bash: 'execute',
  BashOutput: 'read',
  KillShell: 'execute',
  TodoWrite: 'think',
  Task: 'think',
  WebFetch: 'fetch',
  WebSearch: 'fetch',
}

/** Offered in steps that only read: nothing else exists for the agent then, whatever it is told. */
export const READING_TOOLS = ['Read', 'Glob', 'Grep'] as const
/** Offered in steps that edit. */
export const EDITING_TOOLS = [...READING_TOOLS, 'Edit', 'Write', 'NotebookEdit', 'Bash', 'TodoWrite'] as const

export interface ToolFacts {
  kind: ToolKind
  title: string
  /** Relative to the workspace with forward slashes, or absolute where they lie outside. */
  paths: string[]
  /** The command line or the text that a person is asked about. */
  detail: string
}

/** What a call of a tool is about. */
export function factsOf(tool: string, input: Record<string, unknown>, workspace: string): ToolFacts {
  const paths = ['file_path', 'notebook_path', 'path']
    .map((name) => input[name])
    .filter((path) => typeof path === 'string')
    .map((path) => shown(path, workspace))
  const command = typeof input.command === 'string' ? input.command : null
  const about = command ?? paths[0] ?? (typeof input.pattern === 'string' ? input.pattern : '')
  return {
    kind: KINDS[tool] ?? 'other',
    title: `${tool.replace(/^mcp__board__/, '').replaceAll('_', ' ')} ${about}`.trim().slice(0, 300),
    paths,
    detail: command ?? (paths.join('\n') || JSON.stringify(input).slice(0, 4000)),
  }
}

function shown(path: string, workspace: string): string {
  const within = relative(workspace, resolve(workspace, path))
  return within.startsWith('..') || isAbsolute(within)
    ? resolve(workspace, path)
    : within.split(sep).join('/')
}
