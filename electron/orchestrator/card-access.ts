import { listComments } from '#db/queries/comments.ts'
import { findTask } from '#db/queries/tasks.ts'
import type { Comment } from '#shared/comment.ts'
import { cutText } from '#shared/cut-text.ts'
import { NotFoundError } from '#shared/errors.ts'
import { providerName } from '#shared/provider.ts'
import type { Task } from '#shared/task.ts'
import type { CardAccess } from '../providers/provider.ts'
import { createComment } from '../services/comments.ts'
import { redact } from './redact.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'

/** The latest of a card's comments that an agent is shown, and the longest comment that it may write, characters. */
const MOST_COMMENTS = 50
const LONGEST_COMMENT = 10_000

/** Lets the agent of a step read its own card as it is now, and comment on it; nothing that it names leads elsewhere. */
export function cardAccess(ctx: OrchestratorContext, { run, provider }: StepWork): CardAccess {
  const id = run.row.task_id
  const key = ctx.credentials.key()
  const agent = { type: 'agent' as const, id: provider, name: providerName(provider) }
  return {
    async readCard() {
      const [task, comments] = await Promise.all([findTask(ctx.db, id), listComments(ctx.db, id)])
      if (!task) throw new NotFoundError('Task', id)
      return cardText(run.taskKey, task, comments)
    },
    async commentOnCard(body) {
      const clean = cutText(redact(body, key ? [key] : []).trim(), LONGEST_COMMENT)
      await createComment({ ...ctx, actor: () => agent }, { task_id: id, body: clean })
    },
  }
}

function cardText(key: string, task: Task, comments: readonly Comment[]): string {
  const latest = comments.slice(-MOST_COMMENTS)
  const parts = [
    `# ${key}: ${task.title}`,
    task.description,
    task.acceptance_criteria && `## Acceptance criteria\n\n${task.acceptance_criteria}`,
    latest.length > 0 && '## Comments',
    ...latest.map(
      (comment) => `### ${comment.author_name}, ${comment.created_at.toISOString()}\n\n${comment.body}`,
    ),
  ]
  return parts.filter(Boolean).join('\n\n')
}
