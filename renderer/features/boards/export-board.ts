import type { BoardListItem } from '#shared/board.ts'
import type { ExportFormat } from '#shared/board-transfer.ts'
import { errorText } from '../../lib/error-text.ts'
import { plural } from '../../lib/format.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'

const LEFT_OUT: Readonly<Record<ExportFormat, string>> = {
  json: 'Attached files, the work of agents, the activity and the trash are not in it.',
  csv: 'A table of its cards: it cannot be imported again.',
}

/** Writes a board into a file that the person names, and says where it is. */
export async function exportBoard(
  { id, name }: Pick<BoardListItem, 'id' | 'name'>,
  format: ExportFormat,
): Promise<void> {
  try {
    const result = await api.boards.export.mutate({ id, format })
    if (!result) return
    const { path, cards } = result
    showToast({
      tone: 'good',
      title: `${plural(cards, 'card')} of “${name}” exported`,
      text: `${path} ${LEFT_OUT[format]}`,
      action: { label: 'Show in folder', run: () => void showInFolder(path) },
    })
  } catch (error) {
    showToast({ tone: 'bad', title: `“${name}” was not exported`, text: errorText(error) })
  }
}

async function showInFolder(path: string): Promise<void> {
  try {
    await api.boards.showExport.mutate({ path })
  } catch (error) {
    showToast({ tone: 'bad', title: 'The folder could not be opened', text: errorText(error) })
  }
}
