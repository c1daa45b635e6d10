import {
  DndContext,
  DragOverlay,
  MouseSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'

interface FloorCard {
  id: number
  list: number
  title: string
}

declare global {
  interface Window {
    floor: { cards: () => Promise<FloorCard[]>; onCard: (hear: (card: FloorCard) => void) => void }
  }
}

const LISTS = [0, 1, 2, 3, 4, 5]
const HEIGHT = 84

function Floor() {
  const [cards, setCards] = useState<readonly FloorCard[]>([])
  const [dragged, setDragged] = useState<FloorCard | null>(null)
  const put = useCallback((card: FloorCard) => {
    setCards((before) => before.map((one) => (one.id === card.id ? card : one)))
  }, [])
  useEffect(() => {
    window.floor.onCard(put)
    void window.floor.cards().then(setCards)
  }, [put])
  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: 5 } }))
  return (
    <DndContext
      sensors={sensors}
      onDragStart={({ active }) => setDragged(cards.find(({ id }) => id === active.id) ?? null)}
      onDragEnd={({ over }) => {
        if (dragged && over) put({ ...dragged, list: Number(over.id) })
        setDragged(null)
      }}
    >
      <main>
        {LISTS.map((list) => (
          <List key={list} list={list} cards={cards.filter((card) => card.list === list)} />
        ))}
      </main>
      <DragOverlay dropAnimation={null}>{dragged && <article>{dragged.title}</article>}</DragOverlay>
    </DndContext>
  )
}

function List({ list, cards }: { list: number; cards: readonly FloorCard[] }) {
  const scroller = useRef<HTMLElement>(null)
  const { setNodeRef } = useDroppable({ id: list })
  const rows = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 5,
  })
  return (
    <section ref={scroller} data-column-id={list}>
      <div ref={setNodeRef} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const card = cards[index]
          return card && <Card key={card.id} card={card} top={start} />
        })}
      </div>
    </section>
  )
}

const Card = memo(function Card({ card, top }: { card: FloorCard; top: number }) {
  const { setNodeRef, listeners } = useDraggable({ id: card.id })
  return (
    <article
      ref={setNodeRef}
      {...listeners}
      data-task-id={card.id}
      style={{ position: 'absolute', left: 0, right: 0, transform: `translateY(${top}px)` }}
    >
      {card.title}
    </article>
  )
})

createRoot(document.body.appendChild(document.createElement('div'))).render(<Floor />)
