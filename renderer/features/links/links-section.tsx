import { Hourglass, Link2, Plus, X } from 'lucide-react'
import type { Column } from '#shared/column.ts'
import type { TaskId } from '#shared/ids.ts'
import type { Task, TaskCard } from '#shared/task.ts'
import type { TaskLink } from '#shared/task-link.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import section from '../../ui/card-section.module.css'
import { Callout } from '../../ui/notice.tsx'
import { LinkPicker } from './link-picker.tsx'
import { linksOf, linkTo, SIDES } from './link-sides.ts'
import styles from './links-section.module.css'
import { type LinkNews, useLinks } from './use-links.ts'

export interface LinksSectionProps extends LinkNews {
  task: Task
  boardKey: string
  columns: readonly Column[]
  links: readonly TaskLink[]
  cards: Pick<ReadonlyMap<TaskId, TaskCard>, 'get' | 'values'>
  /** The cards that block this one and are not done. */
  waitsFor: readonly TaskCard[]
  onOpen: (id: TaskId) => void
}

/** What a card has to do with others, and whether it waits for some of them. */
export function LinksSection({
  task,
  boardKey,
  columns,
  links,
  cards,
  waitsFor,
  ...does
}: LinksSectionProps) {
  const { create, remove } = useLinks(task.board_id, links, does)
  const own = linksOf(task.id, links)
  const add = (
    <LinkPicker
      task={task}
      boardKey={boardKey}
      cards={cards}
      onPick={(side, other) => create(linkTo(task.id, side, other))}
      trigger={
        own.length === 0 ? (
          <Button size="small" variant="ghost" icon={<Link2 />}>
            {texts.links.linkCard}
          </Button>
        ) : (
          <IconButton label={texts.links.linkCard} size="small">
            <Plus />
          </IconButton>
        )
      }
    />
  )
  if (own.length === 0) return <div className={section.none}>{add}</div>
  return (
    <section className={section.section} aria-label={texts.links.links}>
      <div className={section.head}>
        <h3 className={section.title}>{texts.links.links}</h3>
        {add}
      </div>
      {waitsFor.length > 0 && <Waits task={task} boardKey={boardKey} waitsFor={waitsFor} />}
      {SIDES.map(({ side, name }) => {
        const group = own.filter((one) => one.side === side)
        if (group.length === 0) return null
        return (
          <div key={side} className={styles.group}>
            <h4 className={styles.side}>{name}</h4>
            <ul>
              {group.map(({ link, other }) => (
                <LinkedCard
                  key={link.id}
                  card={cards.get(other)}
                  boardKey={boardKey}
                  columns={columns}
                  onOpen={() => does.onOpen(other)}
                  onRemove={() => remove(link)}
                />
              ))}
            </ul>
          </div>
        )
      })}
    </section>
  )
}

function Waits({ task, boardKey, waitsFor }: Pick<LinksSectionProps, 'task' | 'boardKey' | 'waitsFor'>) {
  const names = waitsFor.map(({ number }) => `${boardKey}-${number}`).join(', ')
  return (
    <Callout tone="warn" icon={<Hourglass />} title={texts.links.waits(names)}>
      {task.waits_for_blockers ? texts.links.agentsStartOnCard : texts.links.inColumnStartsAgents}
    </Callout>
  )
}

interface LinkedCardProps {
  /** Undefined: it is not on the board now. */
  card: TaskCard | undefined
  boardKey: string
  columns: readonly Column[]
  onOpen: () => void
  onRemove: () => void
}

function LinkedCard({ card, boardKey, columns, onOpen, onRemove }: LinkedCardProps) {
  const column = columns.find(({ id }) => id === card?.column_id)
  const key = card ? `${boardKey}-${card.number}` : texts.links.card
  return (
    <li className={styles.card}>
      <button type="button" className={styles.open} onClick={onOpen}>
        <span className={styles.key}>{card ? key : '–'}</span>
        <bdi className={styles.name}>{card?.title ?? texts.links.inArchiveOrTrash}</bdi>
        <span className={styles.state}>
          {column && (
            <>
              <span className={styles.swatch} style={{ background: column.color ?? 'var(--text-faint)' }} />
              {column.name}
            </>
          )}
        </span>
      </button>
      <IconButton label={texts.links.removeLink(key)} size="small" hasTooltip={false} onClick={onRemove}>
        <X />
      </IconButton>
    </li>
  )
}
