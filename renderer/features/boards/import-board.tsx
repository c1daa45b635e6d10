import { FileInput } from 'lucide-react'
import { useState } from 'react'
import type { BoardId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { ImportBoardDialog } from './import-board-dialog.tsx'

interface ImportBoardProps {
  className: string | undefined
  onOpened: (id: BoardId) => void
}

/** The way to a board that lies in a file: the system's dialog first, then ours with what is in it. */
export function ImportBoard({ className, onOpened }: ImportBoardProps) {
  const [path, setPath] = useState<string | null>(null)
  const pick = useAction(() => api.boards.pickImport.mutate(), {
    failed: texts.importBoard.noFileCouldChosen,
    onSuccess: setPath,
  })
  return (
    <>
      <button type="button" className={className} disabled={pick.isPending} onClick={() => pick.mutate()}>
        <FileInput />
        <span>{texts.importBoard.importBoardEntry}</span>
      </button>
      {path !== null && (
        <ImportBoardDialog
          path={path}
          onClose={() => setPath(null)}
          onOpened={(id) => {
            setPath(null)
            onOpened(id)
          }}
        />
      )}
    </>
  )
}
