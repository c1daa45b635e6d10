import { useQueryClient } from '@tanstack/react-query'
import type { BoardId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import { createLabel } from '../features/board/create-label.ts'
import { boardKit } from '../features/board/use-board-actions.ts'

/** Makes a label on a board; null when it was refused, and the person was told why. */
export function useCreateLabel(boardId: BoardId): (name: string, color: string) => Promise<Label | null> {
  const cache = useQueryClient()
  return (name, color) => createLabel(boardKit(cache, boardId), name, color)
}
