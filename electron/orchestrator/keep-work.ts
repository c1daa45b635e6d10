import type { Phase } from '#shared/execution.ts'
import { keepCheckpoint } from '../workspaces/checkpoint.ts'
import { commitWorkspace } from '../workspaces/commit-workspace.ts'
import { diffSummary } from '../workspaces/diff.ts'
import { isUntouched } from '../workspaces/is-untouched.ts'
import type { OrchestratorContext, Run } from './run-context.ts'

export interface KeptWork {
  head: string
  files: string[]
  commit: { commit: string; message: string; files: string[] } | null
  /** Repositories that an agent has cloned or made within; a person decides what becomes of them. */
  repositories: string[]
  counts: { files_changed: number; additions: number; deletions: number }
}

/** Commits what a step left in the workspace and keeps a checkpoint of it; the host commits, never the agent. */
export async function keepWork(
  ctx: Pick<OrchestratorContext, 'log'>,
  run: Run,
  number: number,
  phase: Phase,
  signal: AbortSignal,
): Promise<KeptWork> {
  const { path, baseCommit } = run.workspace
  const message = commitMessage(run, phase)
  const since = run.row.head_commit ?? baseCommit
  // Who plans and reviews leaves all as it was, and then there is nothing to commit, to copy and to count.
  const isReading = phase !== 'development' && phase !== 'fix'
  if (isReading && (await isUntouched(path, { branch: run.workspace.branch, commit: since }, signal))) {
    await keepCheckpoint({ workspace: path, executionId: run.row.id, number, commit: since, signal })
    const { files_changed, additions, deletions } = run.row
    return {
      head: since,
      files: [],
      commit: null,
      repositories: [],
      counts: { files_changed, additions, deletions },
    }
  }
  const done = await commitWorkspace({ path, message, signal, since })
  const head = done?.commit ?? since
  // All that was new is in that commit.
  const [diff] = await Promise.all([
    diffSummary({ source: { workspace: path, head }, baseCommit, signal }),
    keepCheckpoint({ workspace: path, executionId: run.row.id, number, commit: head, signal }),
  ])
  ctx.log.info({ execution_id: run.row.id, phase, files: done?.files.length ?? 0 }, 'step committed')
  const files = done?.files ?? []
  return {
    head,
    files,
    commit: done ? { commit: done.commit, files, message: message.split('\n')[0] ?? '' } : null,
    repositories: done?.repositories ?? [],
    counts: { files_changed: diff.files.length, additions: diff.additions, deletions: diff.deletions },
  }
}

function commitMessage(run: Run, phase: Phase | 'unfinished'): string {
  const what = phase === 'fix' ? 'resolve review findings' : run.task.title
  return `${run.taskKey}: ${what}\n\nAgent-Rangers-Task: ${run.taskKey}\nAgent-Rangers-Execution: ${run.row.id}\n`
}

/** That there are whole repositories in the work, for the log; null when there are none. */
export function repositoriesSentence({ repositories, files }: KeptWork): string | null {
  if (repositories.length === 0) return null
  const named = repositories.slice(0, 5).map((folder) => {
    const count = files.filter((file) => file.startsWith(folder)).length
    return `${folder} with ${count} ${count === 1 ? 'file' : 'files'}`
  })
  const more = repositories.length > 5 ? ` and ${repositories.length - 5} more` : ''
  return `The agent has put a repository of its own into the work: ${named.join(', ')}${more}. Its files are in the result until you decide, when the agents are done, to keep, ignore or remove them.`
}
