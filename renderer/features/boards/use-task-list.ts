import { useEffect, useState } from 'react'
import type { Board } from '#shared/board.ts'
import type { DeletedLabel, Label } from '#shared/label.ts'
import type { ImportedTaskList, TaskListPreview } from '#shared/task-list.ts'
import { errorFacts, isCancelled } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep } from '../../lib/undo/call-step.ts'
import { createdStep } from '../../lib/undo/card-step.ts'
import type { CallStep } from '../../lib/undo/history.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { useLatestSignal } from '../../lib/use-latest-signal.ts'
import { showToast } from '../../ui/toast.tsx'

export type TaskListStep =
  | { step: 'reading'; path: string }
  | { step: 'refused'; path: string; error: unknown }
  | { step: 'found'; preview: TaskListPreview; error: unknown }
  | { step: 'importing'; preview: TaskListPreview }

/** The way from a file to cards on a board: look into it, show what was found, import. Each step can be left. */
export function useTaskList(board: Pick<Board, 'id' | 'name'>, firstPath: string, onDone: () => void) {
  const [state, setState] = useState<TaskListStep>({ step: 'reading', path: firstPath })
  const { begin, giveUp } = useLatestSignal()

  async function look(path: string): Promise<void> {
    const signal = begin()
    setState({ step: 'reading', path })
    try {
      const preview = await api.tasks.inspectList.query({ board_id: board.id, path }, { signal })
      if (!signal.aborted) setState({ step: 'found', preview, error: null })
    } catch (error) {
      if (!signal.aborted) setState({ step: 'refused', path, error })
    }
  }

  async function pickOther(): Promise<void> {
    try {
      const path = await api.tasks.pickList.mutate()
      if (path !== null) await look(path)
    } catch (error) {
      setState((now) => (now.step === 'refused' ? { ...now, error } : now))
    }
  }

  async function start(preview: TaskListPreview, force: boolean): Promise<void> {
    const signal = begin()
    setState({ step: 'importing', preview })
    try {
      const input = { board_id: board.id, path: preview.path, ...(force && { force }) }
      tellImported(board, await api.tasks.importList.mutate(input, { signal }))
      if (!signal.aborted) onDone()
    } catch (error) {
      if (!signal.aborted) setState({ step: 'found', preview, error: isCancelled(error) ? null : error })
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each dialog
  useEffect(() => {
    void look(firstPath)
    return giveUp
  }, [])

  return { state, pickOther, start }
}

/** Whether it was refused only since a column has a limit. */
export function isAboveLimit(error: unknown): boolean {
  return error !== null && errorFacts(error).reason === 'WIP_LIMIT_EXCEEDED'
}

/** Undone in one step: the cards go to the trash, and the labels that came with them go where nobody else uses them. */
function tellImported({ id, name }: Pick<Board, 'id' | 'name'>, { tasks, labels }: ImportedTaskList): void {
  const what = texts.importBoard.cardCount(tasks.length)
  const undo = recordStep(
    id,
    texts.importBoard.importedFromTaskList(what),
    createdStep(tasks),
    labels.length > 0 ? labelsStep(id, labels) : undefined,
  )
  showToast({
    tone: 'good',
    title: texts.importBoard.imported(what),
    text: texts.importBoard.theyOnBoard(name),
    action: { label: texts.importBoard.undo, run: undo },
  })
}

function labelsStep(board_id: Board['id'], labels: readonly Label[]): CallStep {
  let gone: readonly DeletedLabel[] = []
  return callStep(
    async () => {
      gone = await api.labels.deleteUnused.mutate({ board_id, ids: labels.map(({ id }) => id) })
    },
    async () => {
      for (const deleted of gone) await api.labels.restore.mutate(deleted)
      gone = []
    },
  )
}
