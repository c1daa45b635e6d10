import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type BoardId, ColumnId } from '#shared/ids.ts'
import { QuickAddDialog } from '../features/quick-add/quick-add-dialog.tsx'
import { actingElement } from '../lib/actions/palette-state.ts'
import { useOffers } from '../lib/actions/use-offers.ts'
import { keys } from '../lib/query-keys.ts'
import { navigate, type Route } from '../lib/route.ts'
import { api } from '../lib/trpc.ts'
import { usePreferences } from '../lib/use-preferences.ts'

/** A new card from any page: on the board that is open, else on the one that was last. */
export function QuickAdd({ route }: { route: Route }) {
  const [place, setPlace] = useState<{ boardId: BoardId; columnId: ColumnId | null } | null>(null)
  const { preferences } = usePreferences()
  const boards = useQuery({ queryKey: keys.boards, queryFn: () => api.boards.list.query() })
  const live = boards.data?.filter(({ archived_at }) => archived_at === null) ?? []
  const open = route.page === 'board' ? route.boardId : null
  const last = live.find(({ id }) => id === preferences.last_board_id) ?? live[0]
  const boardId = open ?? last?.id
  useOffers({
    'card.create': {
      run: () => boardId && setPlace({ boardId, columnId: columnInSight() }),
      isEnabled: () => boardId !== undefined,
    },
  })
  if (!place) return null
  return (
    <QuickAddDialog
      {...place}
      onClose={() => setPlace(null)}
      onOpen={(id, taskId) => {
        setPlace(null)
        navigate({ page: 'board', boardId: id, taskId })
      }}
    />
  )
}

/** The column of what has the focus. */
function columnInSight(): ColumnId | null {
  const element = actingElement()?.closest<HTMLElement>('[data-column-id]')
  const id = ColumnId.safeParse(element?.dataset.columnId)
  return id.success ? id.data : null
}
