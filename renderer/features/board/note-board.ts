import type { Board } from '#shared/board.ts'
import type { Project } from '#shared/project.ts'
import { api } from '../../lib/trpc.ts'
import { editStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import type { ActionKit } from './use-board-actions.ts'

type Kit = Pick<ActionKit, 'boardId' | 'readNow' | 'patch'>
type Texts = Pick<Board, 'name' | 'description' | 'settings'>

export function noteBoardEdit(kit: Kit, before: Texts, after: Texts): void {
  const isRenamed = before.name !== after.name
  if (JSON.stringify(pick(before)) === JSON.stringify(pick(after))) return
  const step = editStep(
    {
      name: 'The board',
      read: async () => (await kit.readNow()).board,
      write: async (texts: Texts) => {
        const board = await api.boards.update.mutate({ id: kit.boardId, ...texts })
        kit.patch((state) => ({ ...state, board }))
      },
    },
    pick(before),
    pick(after),
  )
  recordStep(kit.boardId, isRenamed ? `renamed the board ${before.name}` : 'changed the board settings', step)
}

function pick({ name, description, settings }: Texts): Texts {
  return { name, description, settings }
}

export function noteCheckCommand(kit: Kit, before: Project, after: Project): void {
  const step = editStep(
    {
      name: 'The check command',
      read: async () => (await kit.readNow()).project ?? undefined,
      write: async ({ check_command }: Pick<Project, 'check_command'>) => {
        const project = await api.projects.update.mutate({ id: after.id, check_command })
        kit.patch((state) => ({ ...state, project }))
      },
    },
    { check_command: before.check_command },
    { check_command: after.check_command },
  )
  recordStep(kit.boardId, 'changed the check command', step)
}
