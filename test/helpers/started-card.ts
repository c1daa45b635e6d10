import type { UpdateProject } from '#shared/project.ts'
import type { SumApp } from './sum-app.ts'

/** A run on the card of a project whose commands are these. */
export async function startCard(
  { app, repo }: SumApp,
  commands: Omit<UpdateProject, 'id'>,
  card: { acceptance_criteria?: string } = {},
) {
  const { board, project } = await app.api.projects.open({ path: repo })
  await app.api.projects.update({ id: project.id, ...commands })
  await app.api.boards.update({ id: board.id, settings: { clarity: false } })
  const { columns } = await app.api.boards.get({ id: board.id })
  const column_id = columns[0]?.id
  if (!column_id) throw new Error('no column')
  const task = await app.api.tasks.create({ board_id: board.id, column_id, title: 'Mend the sum', ...card })
  const { id } = await app.api.executions.start({ task_id: task.id, provider: 'anthropic' })
  return { id, board, project, task }
}
