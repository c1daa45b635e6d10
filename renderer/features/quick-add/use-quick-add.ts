import { queryOptions, useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { BoardId, ColumnId, LabelId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import { compareByOrder } from '#shared/order.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { usePeople } from '../../lib/use-people.ts'
import { addCards, type NewCards } from './add-cards.ts'
import { lastColumn, noteColumn } from './last-column.ts'
import type { NewCard } from './pasted.ts'

const ADDING = ['quick-add']

interface Wanted extends Pick<NewCards, 'template' | 'force' | 'onMade'> {
  /** By the labels of the board, which may not be known yet. */
  cards: (labels: readonly Label[]) => readonly NewCard[]
}

/** A board to which a card may go, with what its shorthand can name. */
export function useQuickAdd(first: { boardId: BoardId; columnId: ColumnId | null }) {
  const cache = useQueryClient()
  const [boardId, setBoardId] = useState(first.boardId)
  const [chosen, setChosen] = useState(first.columnId)
  const boards = useQuery({ queryKey: keys.boards, queryFn: () => api.boards.list.query() })
  const board = useQuery(partsOf(boardId))
  const templates = useQuery({
    queryKey: keys.templates(boardId),
    queryFn: () => api.templates.list.query({ board_id: boardId }),
  })
  const people = usePeople()
  const columns = useMemo(() => board.data?.columns.toSorted(compareByOrder) ?? [], [board.data])
  const choose = (from: readonly Column[]) => chooseColumn(from, [chosen, lastColumn(boardId)])
  const column = choose(columns)
  const labels = board.data?.labels ?? []

  const add = useMutation({
    mutationKey: ADDING,
    // Who is quick has written it before the board is read.
    mutationFn: async ({ cards, ...wanted }: Wanted) => {
      const parts = await cache.ensureQueryData(partsOf(boardId))
      const goal = choose(parts.columns.toSorted(compareByOrder))
      if (!goal) throw new Error(texts.quickAdd.noColumns)
      noteColumn(boardId, goal.id)
      const labelIds = (names: readonly string[]): LabelId[] =>
        names.flatMap(
          (name) => parts.labels.find((one) => one.name.toLowerCase() === name.toLowerCase())?.id ?? [],
        )
      const place = { boardId, boardKey: parts.key, columnId: goal.id, labelIds }
      return addCards({ ...wanted, ...place, cards: cards(parts.labels) })
    },
  })
  return {
    boardId,
    boards: (boards.data ?? []).filter((one) => one.archived_at === null),
    board: board.data,
    columns,
    column,
    /** There is nowhere to put a card, as far as is known. */
    hasNoColumn: column === undefined && !board.isPending,
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

function partsOf(boardId: BoardId) {
  return queryOptions({
    queryKey: keys.boardParts(boardId),
    queryFn: () => api.boards.open.query({ id: boardId, per_column: 1 }),
  })
}

/** The first of those that are wanted, else where cards of the board begin. */
function chooseColumn(
  columns: readonly Column[],
  wanted: readonly (ColumnId | null | undefined)[],
): Column | undefined {
  const found = wanted.flatMap((id) => columns.find((one) => one.id === id) ?? [])
  return found[0] ?? columns.find((one) => one.is_start_column) ?? columns[0]
}
