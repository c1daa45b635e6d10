import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type BoardId, ColumnId } from '#shared/ids.ts'
import { type Task, toTaskCard } from '#shared/task.ts'
import { QuickAddDialog } from '../features/quick-add/quick-add-dialog.tsx'
import { actingElement } from '../lib/actions/palette-state.ts'
import { useOffers } from '../lib/actions/use-offers.ts'
import { askFocus } from '../lib/created-cards.ts'
import { keys } from '../lib/query-keys.ts'
import { navigate, type Route } from '../lib/route.ts'
import { api } from '../lib/trpc.ts'
import { usePreferences } from '../lib/use-preferences.ts'

/** A new card from any page: on the board that is open, else on the one that was last. */
export function QuickAdd({ route }: { route: Route }) {
  const [place, setPlace] = useState<{ boardId: BoardId; columnId: ColumnId | null } | null>(null)
  const noteMade = useFocusAfter(place !== null)
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
      onMade={noteMade}
      onOpen={(id, taskId) => {
        setPlace(null)
        navigate({ page: 'board', boardId: id, taskId })
      }}
    />
  )
}

/** Once the dialog is gone, the card that was made last has the focus where it is drawn; also one that is made only then. */
function useFocusAfter(isOpen: boolean): (task: Task) => void {
  const made = useRef<Task | null>(null)
  const isOpenNow = useRef(isOpen)
  useEffect(() => {
    isOpenNow.current = isOpen
    if (!isOpen && made.current) askFocus(toTaskCard(made.current))
    made.current = null
  }, [isOpen])
  return (task) => {
    if (isOpenNow.current) made.current = task
    else askFocus(toTaskCard(task))
  }
}

/** The column of what has the focus. */
function columnInSight(): ColumnId | null {
  const element = actingElement()?.closest<HTMLElement>('[data-column-id]')
  const id = ColumnId.safeParse(element?.dataset.columnId)
  return id.success ? id.data : null
}
