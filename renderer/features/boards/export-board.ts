import type { BoardListItem } from '#shared/board.ts'
import type { ExportFormat } from '#shared/board-transfer.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'

const LEFT_OUT: Readonly<Record<ExportFormat, string>> = {
  json: texts.newBoard.attachedFilesWorkAgents,
  csv: texts.newBoard.tableCardsCannotImportedAgain,
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
      title: texts.newBoard.cardExported(cards, name),
      text: `${path} ${LEFT_OUT[format]}`,
      action: { label: texts.newBoard.showInFolder, run: () => void showInFolder(path) },
    })
  } catch (error) {
    showToast({ tone: 'bad', title: texts.newBoard.notExported(name), text: errorText(error) })
  }
}

async function showInFolder(path: string): Promise<void> {
  try {
    await api.boards.showExport.mutate({ path })
  } catch (error) {
    showToast({ tone: 'bad', title: texts.newBoard.folderCouldNotOpened, text: errorText(error) })
  }
}
