import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ClosedChoice, ImportedBoard, ImportPreview } from '#shared/board-transfer.ts'
import type { ProjectId } from '#shared/ids.ts'
import { isCancelled } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { useLatestSignal } from '../../lib/use-latest-signal.ts'

export type ImportStep =
  | { step: 'reading'; path: string }
  | { step: 'refused'; path: string; error: unknown }
  | { step: 'found'; preview: ImportPreview; error: unknown }
  | { step: 'importing'; preview: ImportPreview; progress: ImportProgress | null }
  | { step: 'done'; result: ImportedBoard }

export interface ImportProgress {
  phase: string
  done: number
  total: number
}

export interface ImportChoice {
  closed: ClosedChoice
  project_id: ProjectId | null
}

/** What takes less is over before anybody has read how far it is. */
const WORTH_TELLING_MS = 1000

/** The way from a file to a board: look into it, show what was found, import. Each step can be left. */
export function useImportBoard(firstPath: string) {
  const cache = useQueryClient()
  const [state, setState] = useState<ImportStep>({ step: 'reading', path: firstPath })
  const { begin, giveUp } = useLatestSignal()

  async function look(path: string): Promise<void> {
    const signal = begin()
    setState({ step: 'reading', path })
    try {
      const preview = await api.boards.inspectImport.query({ path }, { signal })
      if (!signal.aborted) setState({ step: 'found', preview, error: null })
    } catch (error) {
      if (!signal.aborted) setState({ step: 'refused', path, error })
    }
  }

  async function pickOther(): Promise<void> {
    const path = await api.boards.pickImport.mutate()
    if (path !== null) await look(path)
  }

  async function start(preview: ImportPreview, choice: ImportChoice): Promise<void> {
    const signal = begin()
    setState({ step: 'importing', preview, progress: null })
    const import_id = crypto.randomUUID()
    const show = (step: ImportStep) => {
      if (!signal.aborted) setState(step)
    }
    const unfollow = followProgress(import_id, (progress) => show({ step: 'importing', preview, progress }))
    try {
      const result = await api.boards.import.mutate({ path: preview.path, import_id, ...choice }, { signal })
      void cache.invalidateQueries({ queryKey: keys.boards })
      if (result) show({ step: 'done', result })
    } catch (error) {
      show({ step: 'found', preview, error: isCancelled(error) ? null : error })
    } finally {
      unfollow()
    }
  }

  /** Gives the import up and goes back to what was found; nothing has been written then. */
  function stop(preview: ImportPreview): void {
    giveUp()
    setState({ step: 'found', preview, error: null })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each dialog
  useEffect(() => {
    void look(firstPath)
    return giveUp
  }, [])

  return { state, pickOther, start, stop }
}

/** Calls back with how far an import is, once it takes long enough to be told. */
function followProgress(import_id: string, onProgress: (progress: ImportProgress) => void): () => void {
  let latest: ImportProgress | null = null
  let isLong = false
  const timer = setTimeout(() => {
    isLong = true
    if (latest) onProgress(latest)
  }, WORTH_TELLING_MS)
  const subscription = api.boards.onImportProgress.subscribe(
    { import_id },
    {
      onData: (progress) => {
        latest = progress
        if (isLong) onProgress(progress)
      },
      onError: () => {}, // the import itself says what is wrong
    },
  )
  return () => {
    clearTimeout(timer)
    subscription.unsubscribe()
  }
}
