import { type ReactNode, useState } from 'react'
import type { TaskId } from '#shared/ids.ts'
import type { Task, TaskCard } from '#shared/task.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { PickList } from '../../ui/pick-list.tsx'
import { Popover } from '../../ui/popover.tsx'
import { findCards } from './find-card.ts'
import { type LinkSide, SIDES } from './link-sides.ts'

interface LinkPickerProps {
  task: Task
  boardKey: string
  cards: Pick<ReadonlyMap<TaskId, TaskCard>, 'values'>
  onPick: (side: LinkSide, other: TaskId) => void
  trigger: ReactNode
}

/** First what the other card is to this one, then which. */
export function LinkPicker({ task, boardKey, cards, onPick, trigger }: LinkPickerProps) {
  const [isOpen, setOpen] = useState(false)
  const [side, setSide] = useState<LinkSide | null>(null)
  const open = (next: boolean) => {
    setSide(null)
    setOpen(next)
  }
  useOffers({ 'card.link': { run: () => open(true) } })
  const find = (text: string) =>
    findCards(text, cards.values(), boardKey)
      .filter(({ id }) => id !== task.id)
      .map((card) => ({ id: card.id, label: card.title, hint: `${boardKey}-${card.number}` }))
  return (
    <Popover label={texts.links.linkCard} isOpen={isOpen} onOpenChange={open} trigger={trigger}>
      {side === null ? (
        <PickList
          key="side"
          label={texts.links.whatOtherCard}
          options={SIDES.map((one) => ({ id: one.side, label: one.name }))}
          onPick={(id) => setSide(SIDES.find((one) => one.side === id)?.side ?? null)}
        />
      ) : (
        <PickList
          key="card"
          label={texts.links.keyOrTitle(SIDES.find((one) => one.side === side)?.name)}
          options={[]}
          find={find}
          onBack={() => setSide(null)}
          onPick={(id) => {
            open(false)
            onPick(side, id as TaskId)
          }}
        />
      )}
    </Popover>
  )
}
