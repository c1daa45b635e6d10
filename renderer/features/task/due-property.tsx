import { CalendarDays } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { addDays } from '#shared/match-card.ts'
import type { Task } from '#shared/task.ts'
import { parseDay } from '../../lib/parse-day.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useToday } from '../../lib/today.ts'
import { Button } from '../../ui/button.tsx'
import { Calendar } from '../../ui/calendar.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Popover } from '../../ui/popover.tsx'
import styles from './due-property.module.css'
import { formatDay } from './format-day.ts'
import { EmptyValue, Property, PropertyButton } from './property.tsx'
import type { SaveTask } from './save-task.ts'
import { useCardOffer } from './use-card-offer.ts'

interface DuePropertyProps {
  task: Task
  /** A card that is done is not late. */
  isDone: boolean
  onSave: SaveTask
}

/** The day by which a card is to be done: typed in words, or chosen in a calendar. */
export function DueProperty({ task, isDone, onSave }: DuePropertyProps) {
  const [isOpen, setOpen] = useState(false)
  const today = useToday()
  useCardOffer('card.due', task.id, () => setOpen(true))
  const day = task.due_date
  const isLate = day !== null && day < today && !isDone
  const choose = (due_date: string | null) => {
    setOpen(false)
    if (due_date !== day) void onSave({ base: task, mine: { due_date } })
  }
  const name = day === null ? 'none' : formatDay(day, today)
  return (
    <Property name={texts.taskProperties.due}>
      <Popover
        label={texts.taskProperties.dueDate}
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <PropertyButton
            data-property="card.due"
            label={texts.taskProperties.dueDateOverdue(name, isLate)}
            title={day === null ? undefined : formatDay(day, today, true)}
            isEmpty={day === null}
            tone={isLate ? 'bad' : day === today && !isDone ? 'warn' : undefined}
          >
            <CalendarDays />
            {day === null ? (
              <EmptyValue name={texts.taskProperties.dueDate} none={texts.taskProperties.none} />
            ) : (
              name
            )}
          </PropertyButton>
        }
      >
        <DueChooser day={day} today={today} onChoose={choose} />
      </Popover>
    </Property>
  )
}

interface DueChooserProps {
  day: string | null
  today: string
  onChoose: (day: string | null) => void
}

function DueChooser({ day, today, onChoose }: DueChooserProps) {
  const [text, setText] = useState('')
  const [walked, setWalked] = useState(day ?? today)
  const meant = parseDay(text, today)
  const at = meant ?? walked
  const isUnknown = text.trim() !== '' && meant === null
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (meant !== null) onChoose(meant)
  }
  const shortcuts: [string, string | null][] = [
    [texts.taskProperties.today, today],
    [texts.taskProperties.tomorrow, addDays(today, 1)],
    [texts.taskProperties.nextWeek, parseDay(texts.taskProperties.nextWeekWords, today)],
    [texts.taskProperties.none, null],
  ]
  return (
    <div className={styles.chooser}>
      <TextInput
        aria-label={texts.taskProperties.dueDateInWords}
        aria-describedby="due-meant"
        placeholder={texts.taskProperties.dueHint}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={handleKey}
      />
      <p id="due-meant" className={styles.meant} role="status">
        {meant !== null && texts.taskProperties.enter(formatDay(meant, today, true))}
        {isUnknown && texts.taskProperties.noDayYet}
      </p>
      <div className={styles.shortcuts}>
        {shortcuts.map(([label, value]) => (
          <Button key={label} size="small" variant="ghost" onClick={() => onChoose(value)}>
            {label}
          </Button>
        ))}
      </div>
      <Calendar
        label={texts.taskProperties.dueDate}
        chosen={day}
        today={today}
        at={at}
        onMove={(next) => {
          setText('')
          setWalked(next)
        }}
        onChoose={onChoose}
      />
    </div>
  )
}
