import type { ClipboardEvent, KeyboardEvent } from 'react'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { keepLines } from './kept-lines.ts'
import { LINES_AT_ONCE, oneCardOf, readPasted } from './pasted.ts'
import { PastedLines } from './pasted-lines.tsx'
import styles from './quick-add.module.css'
import { QuickAddChips } from './quick-add-chips.tsx'
import { keepQuickAddDraft } from './quick-add-draft.ts'
import { NO_TEMPLATE, useNewCard } from './use-new-card.ts'
import { useQuickAdd } from './use-quick-add.ts'

interface QuickAddDialogProps {
  boardId: BoardId
  /** Where it begins; null: where the last card went. */
  columnId: ColumnId | null
  onClose: () => void
  /** The last of those that were added, however they were. */
  onMade: (task: Task) => void
  onOpen: (boardId: BoardId, id: TaskId) => void
}

/** A new card from anywhere. Enter adds it and stays ready for the next one. */
export function QuickAddDialog({ boardId, columnId, onClose, onMade, onOpen }: QuickAddDialogProps) {
  const quick = useQuickAdd({ boardId, columnId })
  const { labels, people, column, add, isAdding } = quick
  const { draft, pasted, card, canAdd, template, told, input, submit, ...chosen } = useNewCard(quick, {
    onMade,
    onOpen,
  })
  const { text, description } = draft
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
    if (!one) return keepLines(long)
    // What was typed before stays the title.
    const title = text.trim() === '' ? one.title : text
    keepQuickAddDraft({
      text: title,
      description: [description, one.description].filter(Boolean).join('\n\n'),
    })
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
              <Button variant="ghost" disabled={isAdding} onClick={() => keepLines(null)}>
                {texts.quickAdd.back}
              </Button>
              <Button type="submit" variant="primary" isBusy={isAdding} autoFocus>
                {texts.quickAdd.addCards(Math.min(pasted.lines.length, LINES_AT_ONCE))}
              </Button>
            </>
          ) : (
            <Button type="submit" variant="primary" isBusy={isAdding} disabled={!canAdd}>
              {texts.quickAdd.addCard}
            </Button>
          )}
        </>
      }
    >
      {add.error && (
        <Callout tone="bad" role="alert">
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
          isBusy={isAdding}
          onJoin={(one) => {
            keepQuickAddDraft({ text: one.title, description: one.description })
            keepLines(null)
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
            value={text}
            autoFocus
            onChange={(event) =>
              keepQuickAddDraft({ text: event.target.value.replace(/\n/g, ' '), description })
            }
            onKeyDown={handleKey}
            onPaste={handlePaste}
          />
          <QuickAddChips card={card} labels={labels} people={people} />
          {description !== null && (
            <p className={styles.hint}>
              {texts.quickAdd.restInDescription}{' '}
              <Button
                variant="ghost"
                size="small"
                onClick={() => keepQuickAddDraft({ text, description: null })}
              >
                {texts.quickAdd.withoutDescription}
              </Button>
            </p>
          )}
        </>
      )}
      <Places quick={quick} templateId={chosen.templateId} onTemplate={chosen.setTemplateId} />
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
