import type { Board } from '#shared/board.ts'
import type { Project, ProjectCommands } from '#shared/project.ts'
import { texts } from '../../lib/texts/texts.ts'
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
      name: texts.board.board,
      read: async () => (await kit.readNow()).board,
      write: async (texts: Texts) => {
        const board = await api.boards.update.mutate({ id: kit.boardId, ...texts })
        kit.patch((state) => ({ ...state, board }))
      },
    },
    pick(before),
    pick(after),
  )
  recordStep(
    kit.boardId,
    isRenamed ? texts.board.renamedBoard(before.name) : texts.board.changedBoardSettings,
    step,
  )
}

function pick({ name, description, settings }: Texts): Texts {
  return { name, description, settings }
}

export function noteCommands(kit: Kit, before: Project, after: Project): void {
  const step = editStep(
    {
      name: texts.board.commandsProject,
      read: async () => (await kit.readNow()).project ?? undefined,
      write: async (commands: ProjectCommands) => {
        const project = await api.projects.update.mutate({ id: after.id, ...commands })
        kit.patch((state) => ({ ...state, project }))
      },
    },
    commandsOf(before),
    commandsOf(after),
  )
  recordStep(kit.boardId, texts.board.changedCommandsProject, step)
}

function commandsOf({ setup_command, lint_command, check_command, run_command }: Project): ProjectCommands {
  return { setup_command, lint_command, check_command, run_command }
}
