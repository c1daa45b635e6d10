import { useQueryClient } from '@tanstack/react-query'
import type { Task } from '#shared/task.ts'
import { type BoardState, columnsInOrder } from '../features/board/board-state.ts'
import { withLink } from '../features/board/change-nouns.ts'
import { patchBoard } from '../features/board/use-board.ts'
import { useWaitingCards } from '../features/board/waiting-cards.ts'
import { LinksSection } from '../features/links/links-section.tsx'
import { navigate, useRoute } from '../lib/route.ts'

const NONE = [] as const

/** The links of the open card, as the board knows them. */
export function TaskLinks({ state, task }: { state: BoardState; task: Task }) {
  const cache = useQueryClient()
  const route = useRoute()
  const waiting = useWaitingCards(state)
  const boardId = state.board.id
  const patch = (change: (state: BoardState) => BoardState) => patchBoard(cache, boardId, change)
  return (
    <LinksSection
      task={task}
      boardKey={state.board.key}
      columns={columnsInOrder(state)}
      links={state.links}
      cards={state.tasks}
      waitsFor={waiting.get(task.id) ?? NONE}
      onOpen={(taskId) =>
        navigate({
          page: 'board',
          boardId,
          taskId,
          ...(route.page === 'board' && route.isFull && { isFull: true }),
        })
      }
      onLinked={(link) => patch((now) => withLink(now, link))}
      onUnlinked={({ id }) => patch((now) => ({ ...now, links: now.links.filter((link) => link.id !== id) }))}
    />
  )
}
