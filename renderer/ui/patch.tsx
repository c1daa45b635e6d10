import { type ReactNode, useMemo, useRef, useState } from 'react'
import { type ChangeData, Diff, getChangeKey, Hunk, type HunkData, parseDiff } from 'react-diff-view'
import { texts } from '../lib/texts/texts.ts'
import { Button } from './button.tsx'
import './diff-view.css'
import styles from './patch.module.css'
import { countLines, cutLongLines, firstLines } from './patch-part.ts'
import { colour } from './syntax.ts'

/** So many lines are drawn at first, and so many more each time they are asked for: drawing blocks the window meanwhile. */
const LINES_AT_ONCE = 2_000

export interface LineProps {
  /** The form that stands under a line. */
  writing: { line: number; form: ReactNode } | null
  /** What stands under lines already. */
  notes?: ReadonlyMap<number, ReactNode>
  /** Null: nothing can be said to a line now. */
  onLine: ((line: number) => void) | null
}

interface PatchProps extends LineProps {
  /** A unified diff of one file, as git gives it. */
  text: string
  /** Its colours go by its ending. */
  path: string
  view: 'split' | 'unified'
}

/** The lines of a changed file, with the colours of its language. */
export function Patch({ text, path, view, writing, notes, onLine }: PatchProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [asked, setAsked] = useState(LINES_AT_ONCE)
  const file = useMemo(() => {
    // Side by side, old and new lines stand in pairs; below each other, all old ones come first, as git has it.
    const order = view === 'split' ? { nearbySequences: 'zip' as const } : {}
    const found = text.trim() === '' ? undefined : parseDiff(text, order)[0]
    return found && { type: found.type, hunks: cutLongLines(found.hunks, texts.changes.lineGoesOn) }
  }, [text, view])
  const count = file ? countLines(file.hunks) : 0
  const most = Math.max(asked, file ? lastSpokenOf(file.hunks, notes, writing) : 0)
  const drawn = useMemo(() => {
    const hunks = file ? firstLines(file.hunks, most) : []
    return { hunks, tokens: colour(hunks, path) }
  }, [file, most, path])
  if (!file || count === 0) return <p className={styles.note}>{texts.changes.noLinesChangedOnly}</p>
  const widgets = notes?.size || writing ? widgetsOf(drawn.hunks, notes, writing) : {}
  const click = ({ change: clicked }: { change: ChangeData | null }) => {
    const line = clicked && lineOf(clicked)
    if (line) onLine?.(line)
  }
  const showMore = () => {
    // The button goes with the last of them, and would take the focus along.
    if (most + LINES_AT_ONCE >= count) frame.current?.focus({ preventScroll: true })
    setAsked(most + LINES_AT_ONCE)
  }
  // A new file has no left side.
  const viewType = file.type === 'add' || file.type === 'delete' ? 'unified' : view
  return (
    <div ref={frame} tabIndex={-1} className={styles.scroll} data-commentable={onLine ? true : undefined}>
      <Diff
        viewType={viewType}
        diffType={file.type}
        hunks={drawn.hunks}
        tokens={drawn.tokens}
        widgets={widgets}
        {...(onLine && { gutterEvents: { onClick: click } })}
        optimizeSelection
      >
        {(hunks: HunkData[]) => hunks.flatMap((hunk) => [<Hunk key={hunk.content} hunk={hunk} />])}
      </Diff>
      {count > most && (
        <p className={styles.more}>
          {texts.changes.linesShown(most, count)}
          <Button size="small" onClick={showMore}>
            {texts.changes.showMoreLines}
          </Button>
        </p>
      )}
    </div>
  )
}

/** The lines of a patch that something can stand under. */
export function linesOf(text: string): ReadonlySet<number> {
  const hunks = text.trim() === '' ? [] : (parseDiff(text)[0]?.hunks ?? [])
  return new Set(hunks.flatMap(({ changes }) => changes.flatMap((change) => lineOf(change) ?? [])))
}

/** How many lines must be drawn for all that is said to them to be seen. */
function lastSpokenOf(
  hunks: readonly HunkData[],
  notes: LineProps['notes'],
  writing: LineProps['writing'],
): number {
  if (!notes?.size && !writing) return 0
  const isSpoken = (line: number | null) =>
    line !== null && (notes?.has(line) === true || line === writing?.line)
  const changes = hunks.flatMap((hunk) => hunk.changes)
  return changes.findLastIndex((change) => isSpoken(lineOf(change))) + 1
}

/** What was said to a line, and below it what is being said. */
function widgetsOf(
  hunks: readonly HunkData[],
  notes: LineProps['notes'],
  writing: LineProps['writing'],
): Record<string, ReactNode> {
  const widgets: Record<string, ReactNode> = {}
  for (const change of hunks.flatMap(({ changes }) => changes)) {
    const line = lineOf(change)
    const note = line === null ? undefined : notes?.get(line)
    const form = line !== null && line === writing?.line ? writing.form : undefined
    if (note || form) {
      widgets[getChangeKey(change)] = (
        <>
          {note}
          {form}
        </>
      )
    }
  }
  return widgets
}

/** In the file as it is now; a line that is gone has none. */
function lineOf(change: ChangeData): number | null {
  if (change.type === 'insert') return change.lineNumber
  return change.type === 'normal' ? change.newLineNumber : null
}
