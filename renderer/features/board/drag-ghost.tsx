import { DragOverlay } from '@dnd-kit/core'
import { useEffect } from 'react'
import { useHeldShortcuts } from '../../lib/shortcuts/held-shortcuts.ts'
import type { BoardState } from './board-state.ts'
import { CardFace } from './card-face.tsx'
import columnStyles from './column.module.css'
import { useDragged } from './drag-store.ts'
import type { WaitingCards } from './waiting-cards.ts'

interface DragGhostProps {
  boardKey: string
  density: string
  executions: BoardState['executions']
  waiting: WaitingCards
  /** The board has scrolled or changed its size under what is dragged. */
  onShift: () => void
}

/** What is under the pointer while something is dragged; meanwhile keys belong to the drag. */
export function DragGhost({ boardKey, density, executions, waiting, onShift }: DragGhostProps) {
  const dragged = useDragged()
  useHeldShortcuts(dragged !== null)
  useEffect(() => {
    if (dragged === null) return
    const end = new AbortController()
    const { signal } = end
    // The Escape that ends a drag must not close what is open beside the board.
    const claim = (event: KeyboardEvent) => {
      if (event.key === 'Escape') event.preventDefault()
    }
    window.addEventListener('keydown', claim, { capture: true, signal })
    window.addEventListener('scroll', onShift, { capture: true, passive: true, signal })
    window.addEventListener('resize', onShift, { signal })
    return () => end.abort()
  }, [dragged, onShift])
  return (
    <DragOverlay dropAnimation={null}>
      {dragged?.kind === 'card' && (
        <div data-density={density}>
          <CardFace
            isOverlay
            stackedBelow={dragged.group.length - 1}
            task={dragged.task}
            boardKey={boardKey}
            execution={executions.get(dragged.task.id) ?? null}
            waitsFor={waiting.get(dragged.task.id) ?? NO_CARDS}
            Activity={Nothing}
          />
        </div>
      )}
      {dragged?.kind === 'column' && <div className={columnStyles.overlay}>{dragged.column.name}</div>}
    </DragOverlay>
  )
}

const NO_CARDS: readonly never[] = []

function Nothing() {
  return null
}
