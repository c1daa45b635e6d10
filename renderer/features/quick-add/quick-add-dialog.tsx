import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import {
  EMPTY_DRAFT,
  keepQuickAddDraft,
  type QuickAddDraft,
  quickAddDraft,
  withFailed,
} from './last-column.ts'
import { LINES_AT_ONCE, oneCardOf, type Pasted, readPasted, withoutFirst } from './pasted.ts'
import { PastedLines } from './pasted-lines.tsx'
import styles from './quick-add.module.css'
import { QuickAddChips } from './quick-add-chips.tsx'
import { readShorthand } from './shorthand.ts'
import { useQuickAdd } from './use-quick-add.ts'

interface QuickAddDialogProps {
  boardId: BoardId
  /** Where it begins; null: where the last card went. */
  columnId: ColumnId | null
  onClose: () => void
  onOpen: (boardId: BoardId, id: TaskId) => void
}

const NO_TEMPLATE = 'none'

/** A new card from anywhere. Enter adds it and stays ready for the next one. */
export function QuickAddDialog({ boardId, columnId, onClose, onOpen }: QuickAddDialogProps) {
  const quick = useQuickAdd({ boardId, columnId })
  const { labels, people, column, add } = quick
  const [{ text, description }, setDraft] = useState(quickAddDraft)
  const [pasted, setPasted] = useState<Pasted | null>(null)
  const [templateId, setTemplateId] = useState<string>(NO_TEMPLATE)
  const [told, setTold] = useState('')
  const input = useRef<HTMLTextAreaElement>(null)
  const template = quick.templates.find(({ id }) => id === templateId)?.content ?? null
  const card = readShorthand(text, { labels, people })
  const canAdd = column !== undefined && (card.title !== '' || template !== null)

  const write = (next: QuickAddDraft) => {
    setDraft(next)
    keepQuickAddDraft(next)
  }
  const settle = (made: readonly Task[], { isOpened, left }: { isOpened: boolean; left: number }) => {
    const last = made.at(-1)
    setTold(
      made.length === 1
        ? texts.quickAdd.addedToast(last?.title ?? '')
        : left > 0
          ? texts.quickAdd.cardsAddedMore(made.length, left)
          : texts.quickAdd.cardsAdded(made.length),
    )
    if (isOpened && last) onOpen(quick.boardId, last.id)
    else input.current?.focus()
  }
  const submit = ({ isOpened, force = false }: { isOpened: boolean; force?: boolean }) => {
    if (pasted) {
      if (add.isPending) return
      const cards = pasted.lines
        .slice(0, LINES_AT_ONCE)
        .map((line) => readShorthand(line, { labels, people }))
      const left = pasted.lines.length - cards.length
      add.mutate(
        // Lines leave the list as their cards are made: after a failure none is made twice.
        { cards, description: null, template, force, onMade: () => setPasted(withoutFirst) },
        { onSuccess: (made) => settle(made, { isOpened, left }) },
      )
      return
    }
    if (!canAdd || (add.isPending && text === '')) return
    write(EMPTY_DRAFT) // at once: whoever types on is not interrupted
    const wanted = { cards: [card], description, template, force, onMade: () => undefined }
    add.mutateAsync(wanted).then(
      (made) => settle(made, { isOpened, left: 0 }),
      () => write(withFailed({ text, description }, quickAddDraft())), // why, the dialog says
    )
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit({ isOpened: event.ctrlKey || event.metaKey })
  }
  const handlePaste = (event: ClipboardEvent) => {
    const long = readPasted(event.clipboardData.getData('text/plain'))
    if (!long) return
    event.preventDefault()
    const one = long.lines.length === 1 ? oneCardOf(long.text) : null
    if (one) write({ text: one.title, description: one.description })
    else setPasted(long)
  }
  const isOverLimit = errorFacts(add.error).reason === 'WIP_LIMIT_EXCEEDED'
  const name = column?.name ?? '…'
  return (
    <Dialog
      title={texts.quickAdd.newCard}
      onClose={onClose}
      onSubmit={() => submit({ isOpened: false })}
      footer={
        <>
          <span className={styles.keys} role="status">
            {told || texts.quickAdd.enterAddsCtrlEnter}
          </span>
          {pasted ? (
            <>
              <Button variant="ghost" disabled={add.isPending} onClick={() => setPasted(null)}>
                {texts.quickAdd.back}
              </Button>
              <Button type="submit" variant="primary" isBusy={add.isPending} autoFocus>
                {texts.quickAdd.addCards(Math.min(pasted.lines.length, LINES_AT_ONCE))}
              </Button>
            </>
          ) : (
            <Button type="submit" variant="primary" isBusy={add.isPending} disabled={!canAdd}>
              {texts.quickAdd.addCard}
            </Button>
          )}
        </>
      }
    >
      {add.error && (
        <Callout tone="bad">
          {errorText(add.error)}{' '}
          {isOverLimit && (
            <Button size="small" onClick={() => submit({ isOpened: false, force: true })}>
              {texts.quickAdd.addAnyway}
            </Button>
          )}
        </Callout>
      )}
      {pasted ? (
        <PastedLines
          pasted={pasted}
          columnName={name}
          isBusy={add.isPending}
          onJoin={(one) => {
            write({ text: one.title, description: one.description })
            setPasted(null)
          }}
        />
      ) : (
        <>
          <textarea
            ref={input}
            rows={2}
            className={styles.input}
            aria-label={texts.quickAdd.titleNewCard(name)}
            placeholder={template?.title ?? texts.quickAdd.whatShouldDone}
            maxLength={400}
            value={text}
            autoFocus
            onChange={(event) => write({ text: event.target.value.replace(/\n/g, ' '), description })}
            onKeyDown={handleKey}
            onPaste={handlePaste}
          />
          <QuickAddChips card={card} labels={labels} people={people} />
          {description !== null && (
            <p className={styles.hint}>
              {texts.quickAdd.restInDescription}{' '}
              <Button variant="ghost" size="small" onClick={() => write({ text, description: null })}>
                {texts.quickAdd.withoutDescription}
              </Button>
            </p>
          )}
        </>
      )}
      <Places quick={quick} templateId={templateId} onTemplate={setTemplateId} />
    </Dialog>
  )
}

interface PlacesProps {
  quick: ReturnType<typeof useQuickAdd>
  templateId: string
  onTemplate: (id: string) => void
}

/** Where the card goes, and what it begins with. */
function Places({ quick, templateId, onTemplate }: PlacesProps) {
  const { column } = quick
  return (
    <div className={styles.places}>
      {quick.boards.length > 1 && (
        <Select
          label={texts.quickAdd.board}
          value={quick.boardId}
          onChange={quick.chooseBoard}
          choices={quick.boards.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      {column && (
        <Select
          label={texts.quickAdd.column}
          value={column.id}
          onChange={quick.chooseColumn}
          choices={quick.columns.map((one) => ({
            value: one.id,
            label: one.name,
            ...(one.triggers_agents && { hint: texts.quickAdd.startsAgentsWhenCard }),
          }))}
        />
      )}
      {quick.templates.length > 0 && (
        <Select
          label={texts.quickAdd.template}
          value={templateId}
          onChange={onTemplate}
          choices={[
            { value: NO_TEMPLATE, label: texts.quickAdd.noTemplate },
            ...quick.templates.map((one) => ({ value: one.id as string, label: one.name })),
          ]}
        />
      )}
    </div>
  )
}
