import { useEffect, useRef, useState } from 'react'
import type { BoardId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { showToast } from '../../ui/toast.tsx'
import { dropFirstLine, useKeptLines } from './kept-lines.ts'
import { cardOfLine, LINES_AT_ONCE, type NewCard } from './pasted.ts'
import {
  EMPTY_DRAFT,
  keepQuickAddDraft,
  quickAddDraft,
  useQuickAddDraft,
  withFailed,
} from './quick-add-draft.ts'
import { type Known, readShorthand } from './shorthand.ts'
import type { useQuickAdd } from './use-quick-add.ts'

/** The template that is chosen when none is. */
export const NO_TEMPLATE = 'none'

/** Cards by the labels that the board has. */
type CardsBy = (labels: Known['labels']) => readonly NewCard[]

/** How it is added. */
interface Submit {
  /** The card that was made is opened. */
  isOpened: boolean
  /** Also above the limit of the column. */
  force?: boolean
}

/** What is being written of a new card, and the way in which it becomes one. */
export function useNewCard(
  quick: ReturnType<typeof useQuickAdd>,
  { onMade, onOpen }: { onMade: (task: Task) => void; onOpen: (boardId: BoardId, id: TaskId) => void },
) {
  const { labels, people, add, isAdding } = quick
  const draft = useQuickAddDraft()
  const pasted = useKeptLines()
  const [templateId, setTemplateId] = useState<string>(NO_TEMPLATE)
  const [told, setTold] = useState('')
  const input = useRef<HTMLTextAreaElement>(null)
  const isShown = useIsShown()
  const template = quick.templates.find(({ id }) => id === templateId)?.content ?? null
  const { text, description } = draft
  const cardBy = (names: Known['labels']): NewCard => {
    return { ...readShorthand(text, { labels: names, people }), description }
  }
  const card = cardBy(labels)
  const canAdd = !quick.hasNoColumn && (card.title !== '' || template !== null)

  const finish = (made: readonly Task[], left: number, isOpened: boolean) => {
    const last = made.at(-1)
    if (isShown()) setTold(toldOf(made, left))
    if (last && isOpened && isShown()) return onOpen(quick.boardId, last.id)
    if (last) onMade(last)
    input.current?.focus()
  }
  /** False: it was refused. */
  const make = async (cards: CardsBy, { isOpened, force = false }: Submit, lines = 0) => {
    try {
      const noteLine = lines > 0 ? dropFirstLine : () => undefined
      const made = await add.mutateAsync({ cards, template, force, onMade: noteLine })
      finish(made, lines - made.length, isOpened)
      return true
    } catch (error) {
      // Why, the dialog says, as long as it is there.
      if (!isShown()) showToast({ tone: 'bad', title: texts.quickAdd.notAdded, text: errorText(error) })
      return false
    }
  }
  const addLines = (lines: readonly string[], how: Submit) => {
    const cards: CardsBy = (names) =>
      lines
        .slice(0, LINES_AT_ONCE)
        .map((line) => cardOfLine(line, { labels: names, people }, Boolean(template?.title)))
    // Lines leave the list as their cards are made: after a failure none is made twice.
    void make(cards, how, lines.length)
  }
  const addOne = async (how: Submit) => {
    const failed = { text, description }
    keepQuickAddDraft(EMPTY_DRAFT) // at once: whoever types on is not interrupted
    if (!(await make((names) => [cardBy(names)], how))) keepQuickAddDraft(withFailed(failed, quickAddDraft()))
  }
  const submit = (how: Submit) => {
    if (pasted) {
      if (!isAdding) addLines(pasted.lines, how)
    } else if (canAdd && !(isAdding && text === '')) void addOne(how)
  }
  return { draft, pasted, card, canAdd, template, templateId, setTemplateId, told, input, submit }
}

function toldOf(made: readonly Task[], left: number): string {
  if (made.length === 1) return texts.quickAdd.addedToast(made[0]?.title ?? '')
  return left > 0 ? texts.quickAdd.cardsAddedMore(made.length, left) : texts.quickAdd.cardsAdded(made.length)
}

/** Whether the component is on the screen still. */
function useIsShown(): () => boolean {
  const isShown = useRef(false)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  return () => isShown.current
}
