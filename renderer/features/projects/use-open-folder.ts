import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BoardId } from '#shared/ids.ts'
import type { FolderReport } from '#shared/project.ts'
import { isCancelled } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { useLatestSignal } from '../../lib/use-latest-signal.ts'
import { type CommandTexts, changedCommands } from '../../ui/command-fields.tsx'

export type OpenFolderStep =
  | { step: 'choose'; error: unknown }
  | { step: 'looking'; path: string }
  | { step: 'found'; report: FolderReport; error: unknown }
  | { step: 'opening'; report: FolderReport }

/** The way from a path to a board: look, show what was found, open. Each step can be left. */
export function useOpenFolder(onOpened: (id: BoardId) => void) {
  const cache = useQueryClient()
  const [state, setState] = useState<OpenFolderStep>({ step: 'choose', error: null })
  const { begin, giveUp } = useLatestSignal()

  async function look(path: string): Promise<void> {
    const signal = begin()
    setState({ step: 'looking', path })
    try {
      const report = await api.projects.inspect.query({ path }, { signal })
      if (!signal.aborted) setState({ step: 'found', report, error: null })
    } catch (error) {
      if (!signal.aborted) setState({ step: 'choose', error: isCancelled(error) ? null : error })
    }
  }

  async function pick(): Promise<void> {
    const signal = begin()
    try {
      const path = await api.projects.pickFolder.mutate()
      if (path !== null && !signal.aborted) await look(path)
    } catch (error) {
      if (!signal.aborted) setState({ step: 'choose', error })
    }
  }

  async function open(report: FolderReport, commands: CommandTexts): Promise<void> {
    const signal = begin()
    setState({ step: 'opening', report })
    try {
      const opened = await api.projects.open.mutate({ path: report.path }, { signal })
      const changed = changedCommands(commands, opened.project)
      if (changed) {
        await api.projects.update.mutate({ id: opened.project.id, ...changed })
        await cache.invalidateQueries({ queryKey: keys.board(opened.board.id) })
      }
      void cache.invalidateQueries({ queryKey: keys.boards })
      if (!signal.aborted) onOpened(opened.board.id)
    } catch (error) {
      if (!signal.aborted) setState({ step: 'found', report, error })
    }
  }

  /** Back to the choice; what is under way is given up. */
  function cancel(): void {
    giveUp()
    setState({ step: 'choose', error: null })
  }

  return { state, look, pick, open, cancel }
}
