import { useState } from 'react'
import type { LogFormat } from '#shared/execution-log.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { errorText, isCancelled } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'

interface LogExport {
  /** Part of it that is written, 0 to 1; null: nothing is under way. */
  part: number | null
  start: (format: LogFormat) => void
  stop: () => void
}

/** Writes the log of an execution into a file that the person names. */
export function useExportLog(id: ExecutionId): LogExport {
  const [running, setRunning] = useState<{ part: number; abort: AbortController } | null>(null)
  const start = async (format: LogFormat) => {
    const abort = new AbortController()
    const exportId = crypto.randomUUID()
    setRunning({ part: 0, abort })
    const progress = api.executions.onExportProgress.subscribe(
      { export_id: exportId },
      { onData: ({ done, total }) => setRunning({ part: total > 0 ? done / total : 0, abort }) },
    )
    try {
      const { signal } = abort
      const written = await api.executions.exportEvents.mutate(
        { id, format, export_id: exportId },
        { signal },
      )
      if (written) tellWritten(written.path, written.lines)
    } catch (error) {
      if (!abort.signal.aborted && !isCancelled(error))
        showToast({ tone: 'bad', title: texts.transcript.logNotExported, text: errorText(error) })
    } finally {
      progress.unsubscribe()
      setRunning(null)
    }
  }
  return {
    part: running?.part ?? null,
    start: (format) => void start(format),
    stop: () => running?.abort.abort(),
  }
}

function tellWritten(path: string, lines: number): void {
  showToast({
    tone: 'good',
    title: texts.transcript.lineLogExported(lines),
    text: path,
    action: {
      label: texts.transcript.showInFolder,
      run: () =>
        void api.boards.showExport
          .mutate({ path })
          .catch((error: unknown) =>
            showToast({ tone: 'bad', title: texts.transcript.folderCouldNotOpened, text: errorText(error) }),
          ),
    },
  })
}
