import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { BoardId } from '#shared/ids.ts'
import { type BulkActions, bulkActions } from './bulk-actions.ts'
import { boardKit } from './use-board-actions.ts'

export function useBulkActions(boardId: BoardId): BulkActions {
  const cache = useQueryClient()
  return useMemo(() => bulkActions(boardKit(cache, boardId)), [cache, boardId])
}
