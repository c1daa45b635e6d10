import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { keepQuickAddDraft, quickAddDraft } from './last-column.ts'
import styles from './quick-add.module.css'
import { QuickAddChips } from './quick-add-chips.tsx'
import { linesOf, readShorthand } from './shorthand.ts'
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
  const [text, setText] = useState(quickAddDraft)
  const [pasted, setPasted] = useState<string[] | null>(null)
  const [templateId, setTemplateId] = useState<string>(NO_TEMPLATE)
  const [told, setTold] = useState('')
  const input = useRef<HTMLTextAreaElement>(null)
  const template = quick.templates.find(({ id }) => id === templateId)?.content ?? null
  const card = readShorthand(text, { labels, people })
  const canAdd = column !== undefined && (card.title !== '' || template !== null)

  const write = (next: string) => {
    setText(next)
    keepQuickAddDraft(next)
  }
  const cards = pasted?.map((line) => readShorthand(line, { labels, people })) ?? (canAdd ? [card] : [])
  const submit = (how: { isOpened: boolean; force?: boolean }) => {
    if (add.isPending || cards.length === 0) return
    const settle = (made: readonly Task[]) => {
      write('')
      setPasted(null)
      const last = made.at(-1)
      setTold(
        made.length === 1
          ? texts.quickAdd.addedToast(last?.title ?? '')
          : texts.quickAdd.cardsAdded(made.length),
      )
      if (how.isOpened && last) onOpen(quick.boardId, last.id)
      else input.current?.focus()
    }
    add.mutate({ cards, template, force: how.force ?? false }, { onSuccess: settle })
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit({ isOpened: event.ctrlKey || event.metaKey })
  }
  const handlePaste = (event: ClipboardEvent) => {
    const lines = linesOf(event.clipboardData.getData('text/plain'))
    if (lines.length < 2) return
    event.preventDefault()
    setPasted(lines.slice(0, MOST_LINES))
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
              <Button variant="ghost" onClick={() => setPasted(null)}>
                {texts.quickAdd.back}
              </Button>
              <Button type="submit" variant="primary" isBusy={add.isPending} autoFocus>
                {texts.quickAdd.addCards(pasted.length)}
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
          lines={pasted}
          columnName={name}
          onJoin={() => {
            write(pasted.join(' ').slice(0, 255))
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
            onChange={(event) => write(event.target.value.replace(/\n/g, ' '))}
            onKeyDown={handleKey}
            onPaste={handlePaste}
          />
          <QuickAddChips card={card} labels={labels} people={people} />
        </>
      )}
      <Places quick={quick} templateId={templateId} onTemplate={setTemplateId} />
    </Dialog>
  )
}

/** More at once come from a file: see the import. */
const MOST_LINES = 200

interface PastedLinesProps {
  lines: readonly string[]
  columnName: string
  onJoin: () => void
}

function PastedLines({ lines, columnName, onJoin }: PastedLinesProps) {
  return (
    <>
      <p className={styles.hint}>{texts.quickAdd.oneCardLine(columnName)}</p>
      <ol className={styles.lines} aria-label={texts.quickAdd.cardsAdd}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be the same
          <li key={index}>{line}</li>
        ))}
      </ol>
      <Button variant="ghost" size="small" onClick={onJoin}>
        {texts.quickAdd.makeOneCard}
      </Button>
    </>
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
