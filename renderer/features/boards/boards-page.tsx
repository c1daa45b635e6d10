import { FolderOpen, LayoutGrid, List, Plus, SquareKanban } from 'lucide-react'
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { BoardListItem } from '#shared/board.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { PageFrame, PageHead } from '../../ui/page-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { arrangeBoards } from './arrange-boards.ts'
import { BoardShelf } from './board-shelf.tsx'
import styles from './boards-page.module.css'
import { useArrowKeys } from './use-arrow-keys.ts'
import { useBoards } from './use-boards.ts'

interface BoardsPageProps {
  /** What stands here while there is no board at all. */
  welcome: ReactNode
  onNewBoard: () => void
  onOpenFolder: () => void
  onDelete: (board: BoardListItem) => void
}

const MINUTE_MS = 60_000
const NONE: readonly BoardListItem[] = []

/** All boards: those with a star, and then the last used ones first. */
export function BoardsPage({ welcome, onNewBoard, onOpenFolder, onDelete }: BoardsPageProps) {
  const boards = useBoards()
  const { preferences, update } = usePreferences()
  const [text, setText] = useState('')
  const [which, setWhich] = useState<'active' | 'archived'>('active')
  const shelves = useRef<HTMLDivElement>(null)
  const arrows = useArrowKeys('a[data-board-link]')
  const now = useNow(MINUTE_MS, true)
  const searched = useDeferredValue(text)
  const all = boards.data ?? NONE
  const { starred, others } = useMemo(() => {
    const shown = all.filter((board) => (board.archived_at === null) === (which === 'active'))
    return arrangeBoards(shown, preferences, searched)
  }, [all, which, preferences, searched])
  if (boards.isPending) return <PageSkeleton />
  if (!boards.data) {
    return (
      <main className={styles.centre}>
        <ErrorState title={texts.boards.notRead} error={boards.error} onRetry={() => void boards.refetch()} />
      </main>
    )
  }
  if (all.length === 0) return welcome
  const stop = arrows.stop ?? null
  const shelf = { now, stop, first: starred[0]?.id ?? others[0]?.id ?? null, onDelete }
  return (
    <PageFrame label={texts.boards.title} width={1120}>
      <PageHead title={texts.boards.title}>
        <Button icon={<FolderOpen />} onClick={onOpenFolder}>
          {texts.boards.openFolder}
        </Button>
        <Button variant="primary" icon={<Plus />} onClick={onNewBoard}>
          {texts.boards.newBoard}
        </Button>
      </PageHead>
      <div className={styles.bar}>
        <TextInput
          type="search"
          aria-label={texts.boards.search}
          placeholder={texts.boards.searchHint}
          className={styles.search}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setText('')
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
            event.preventDefault()
            arrows.enter(shelves.current)
          }}
        />
        <Segmented
          label={texts.boards.which}
          value={which}
          onChange={setWhich}
          choices={[
            { value: 'active', label: texts.boards.active },
            { value: 'archived', label: texts.boards.archived },
          ]}
        />
        <Segmented
          label={texts.boards.layout}
          value={preferences.boards_view}
          onChange={(view) => update({ boards_view: view })}
          isCompact
          choices={[
            { value: 'grid', label: texts.boards.grid, icon: <LayoutGrid /> },
            { value: 'list', label: texts.boards.list, icon: <List /> },
          ]}
        />
      </div>
      <p role="status" className="hidden-visually">
        {searched.trim() !== '' && texts.boards.found(starred.length + others.length)}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go between the links in it */}
      <div
        ref={shelves}
        className={styles.shelves}
        data-layout={preferences.boards_view}
        onFocus={arrows.onFocus}
        onKeyDown={arrows.onKeyDown}
      >
        <BoardShelf title={texts.boards.starred} boards={starred} {...shelf} />
        <BoardShelf title={starred.length > 0 ? texts.boards.others : null} boards={others} {...shelf} />
      </div>
      {starred.length + others.length === 0 && <NothingHere which={which} text={searched.trim()} />}
    </PageFrame>
  )
}

function NothingHere({ which, text }: { which: 'active' | 'archived'; text: string }) {
  const { boards } = texts
  if (text !== '') {
    return (
      <EmptyState icon={<SquareKanban />} title={boards.notFoundTitle}>
        {boards.notFoundText(text)}
      </EmptyState>
    )
  }
  return which === 'archived' ? (
    <EmptyState icon={<SquareKanban />} title={boards.noneArchivedTitle}>
      {boards.noneArchivedText}
    </EmptyState>
  ) : (
    <EmptyState icon={<SquareKanban />} title={boards.allArchivedTitle}>
      {boards.allArchivedText}
    </EmptyState>
  )
}

function PageSkeleton() {
  return (
    <PageFrame width={1120} isBusy>
      <div className={styles.loading} role="status" aria-label={texts.boards.loading}>
        <Skeleton height="28px" width="160px" />
        <Skeleton height="32px" />
        <div className={styles.shelves} data-layout="grid">
          <div className={styles.tiles}>
            {[1, 2, 3].map((tile) => (
              <Skeleton key={tile} height="112px" />
            ))}
          </div>
        </div>
      </div>
    </PageFrame>
  )
}
