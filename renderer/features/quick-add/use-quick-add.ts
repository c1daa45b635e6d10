import { useIsMutating, useMutation, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { BoardId, ColumnId, LabelId } from '#shared/ids.ts'
import { compareByOrder } from '#shared/order.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { usePeople } from '../../lib/use-people.ts'
import { addCards, type NewCards } from './add-cards.ts'
import { lastColumn, noteColumn } from './last-column.ts'

const ADDING = ['quick-add']

/** A board to which a card may go, with what its shorthand can name. */
export function useQuickAdd(first: { boardId: BoardId; columnId: ColumnId | null }) {
  const [boardId, setBoardId] = useState(first.boardId)
  const [chosen, setChosen] = useState(first.columnId)
  const boards = useQuery({ queryKey: keys.boards, queryFn: () => api.boards.list.query() })
  const board = useQuery({
    queryKey: keys.boardParts(boardId),
    queryFn: () => api.boards.open.query({ id: boardId, per_column: 1 }),
  })
  const templates = useQuery({
    queryKey: keys.templates(boardId),
    queryFn: () => api.templates.list.query({ board_id: boardId }),
  })
  const people = usePeople()
  const columns = useMemo(() => board.data?.columns.toSorted(compareByOrder) ?? [], [board.data])
  const column =
    [chosen, lastColumn(boardId)].flatMap((id) => columns.find((one) => one.id === id) ?? [])[0] ??
    columns.find((one) => one.is_start_column) ??
    columns[0]
  const labels = board.data?.labels ?? []

  const add = useMutation({
    mutationKey: ADDING,
    mutationFn: async (wanted: Pick<NewCards, 'cards' | 'template' | 'force' | 'onMade'>) => {
      if (!column || !board.data) throw new Error(texts.quickAdd.noColumns)
      noteColumn(boardId, column.id)
      const labelIds = (names: readonly string[]): LabelId[] =>
        names.flatMap((name) => labels.find((one) => one.name.toLowerCase() === name.toLowerCase())?.id ?? [])
      return addCards({ ...wanted, boardId, boardKey: board.data.key, columnId: column.id, labelIds })
    },
  })
  return {
    boardId,
    boards: (boards.data ?? []).filter((one) => one.archived_at === null),
    board: board.data,
    columns,
    column,
    labels,
    people,
    templates: (templates.data ?? []).flatMap((one) => (one.kind === 'card' ? [one] : [])),
    add,
    /** Also what a dialog before this one has begun. */
    isAdding: useIsMutating({ mutationKey: ADDING }) > 0,
    chooseBoard: (id: BoardId) => {
      setBoardId(id)
      setChosen(null)
    },
    chooseColumn: setChosen,
  }
}
