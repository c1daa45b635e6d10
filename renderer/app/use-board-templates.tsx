import { LayoutTemplate } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { TaskId } from '#shared/ids.ts'
import type { BoardState } from '../features/board/board-state.ts'
import { SaveTemplateDialog } from '../features/templates/save-template-dialog.tsx'
import { actingElement } from '../lib/actions/palette-state.ts'
import { useOffers } from '../lib/actions/use-offers.ts'
import { texts } from '../lib/texts/texts.ts'
import { api } from '../lib/trpc.ts'
import type { MenuEntry } from '../ui/menu.tsx'

/** Saves an open board, or one of its cards, as a template; with the entry of its menu. */
export function useBoardTemplates(
  state: BoardState,
  openTaskId: TaskId | null,
): { entry: MenuEntry; dialog: ReactNode } {
  const [saved, setSaved] = useState<'board' | TaskId | null>(null)
  const meant = () => {
    const element = actingElement()
    const id = element instanceof HTMLElement ? (element.dataset.taskId as TaskId | undefined) : undefined
    return state.tasks.get(id ?? (openTaskId as TaskId))
  }
  useOffers({
    'board.save-template': { run: () => setSaved('board') },
    'card.save-template': {
      run: () => setSaved(meant()?.id ?? null),
      isEnabled: () => meant() !== undefined,
      subject: () => {
        const card = meant()
        return card && `${state.board.key}-${card.number} ${card.title}`
      },
    },
  })
  const close = () => setSaved(null)
  const { board } = state
  const dialog =
    saved === null ? null : saved === 'board' ? (
      <SaveTemplateDialog
        kind="board"
        name={board.name}
        make={async (name) => ({ kind: 'board', from_board_id: board.id, name })}
        onClose={close}
      />
    ) : (
      <SaveTemplateDialog
        kind="card"
        name={state.tasks.get(saved)?.title ?? ''}
        make={(name) => cardTemplate(state, saved, name)}
        onClose={close}
      />
    )
  const entry = {
    label: texts.app.saveAsTemplate,
    icon: <LayoutTemplate />,
    onSelect: () => setSaved('board'),
  }
  return { entry, dialog }
}

async function cardTemplate({ board, labels }: BoardState, id: TaskId, name: string) {
  const { title, description, acceptance_criteria, priority, estimate, label_ids } =
    await api.tasks.get.query({ id })
  const names = label_ids.flatMap((label) => labels.get(label)?.name ?? [])
  const content = { title, description, acceptance_criteria, priority, estimate, labels: names }
  return { kind: 'card' as const, board_id: board.id, name, content }
}
