import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { BoardTile } from './board-tile.tsx'
import styles from './boards-page.module.css'

interface BoardShelfProps {
  title: string | null
  boards: readonly BoardListItem[]
  now: number
  /** The address of the board at which Tab stops; null: at the first. */
  stop: string | null
  first: BoardId | null
  onDelete: (board: BoardListItem) => void
}

/** Some of all boards, under a title of their own. */
export function BoardShelf({ title, boards, now, stop, first, onDelete }: BoardShelfProps) {
  const { preferences } = usePreferences()
  if (boards.length === 0) return null
  const used = new Map(preferences.recent_boards.map(({ id, at }) => [id, at]))
  const isStop = ({ id }: BoardListItem) =>
    stop === null ? id === first : stop === routeHash({ page: 'board', boardId: id, taskId: null })
  return (
    <section className={styles.shelf}>
      {title && <h2 className={styles.shelfTitle}>{title}</h2>}
      <ul className={styles.tiles} aria-label={title ?? texts.boards.others}>
        {boards.map((board) => (
          <BoardTile
            key={board.id}
            board={board}
            usedAt={used.get(board.id) ?? null}
            now={now}
            isStop={isStop(board)}
            onDelete={onDelete}
          />
        ))}
      </ul>
    </section>
  )
}
