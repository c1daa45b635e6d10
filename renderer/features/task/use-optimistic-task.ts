import { useMemo, useRef, useState } from 'react'
import type { Task } from '#shared/task.ts'
import type { CardTexts } from '../../lib/merge-edit.ts'
import type { SaveTask } from './save-task.ts'

interface PendingEdit {
  mine: Partial<CardTexts>
}

/**
 * The card as it is with the person's edits that the app has not answered yet, and the way to make one. They go out one
 * after the other: only then is what the second one stands on what the first one has made.
 */
export function useOptimisticTask(task: Task, save: SaveTask): { shown: Task; saveSoon: SaveTask } {
  const [pending, setPending] = useState<readonly PendingEdit[]>([])
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const shown = useMemo(
    (): Task => Object.assign({}, task, ...pending.map(({ mine }) => definedOf(mine))),
    [task, pending],
  )
  const saveSoon: SaveTask = async (edit) => {
    const mark: PendingEdit = { mine: edit.mine }
    setPending((all) => [...all, mark])
    const saving = last.current.then(() => save(edit))
    last.current = saving.catch(() => undefined)
    try {
      return await saving
    } finally {
      setPending((all) => all.filter((one) => one !== mark))
    }
  }
  return { shown, saveSoon }
}

function definedOf(mine: Partial<CardTexts>): Partial<CardTexts> {
  return Object.fromEntries(Object.entries(mine).filter(([, value]) => value !== undefined))
}
