import { type ReactNode, useMemo } from 'react'
import { type ChangeData, Diff, getChangeKey, Hunk, type HunkData, parseDiff } from 'react-diff-view'
import { texts } from '../lib/texts/texts.ts'
import './diff-view.css'
import styles from './patch.module.css'
import { colour } from './syntax.ts'

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
  const parsed = useMemo(() => {
    // Side by side, old and new lines stand in pairs; below each other, all old ones come first, as git has it.
    const order = view === 'split' ? { nearbySequences: 'zip' as const } : {}
    const file = text.trim() === '' ? undefined : parseDiff(text, order)[0]
    return file && file.hunks.length > 0 ? { file, tokens: colour(file.hunks, path) } : null
  }, [text, path, view])
  if (!parsed) return <p className={styles.note}>{texts.changes.noLinesChangedOnly}</p>
  const { file, tokens } = parsed
  const widgets = notes?.size || writing ? widgetsOf(file.hunks, notes, writing) : {}
  const click = ({ change: clicked }: { change: ChangeData | null }) => {
    const line = clicked && lineOf(clicked)
    if (line) onLine?.(line)
  }
  // A new file has no left side.
  const viewType = file.type === 'add' || file.type === 'delete' ? 'unified' : view
  return (
    <div className={styles.scroll} data-commentable={onLine ? true : undefined}>
      <Diff
        viewType={viewType}
        diffType={file.type}
        hunks={file.hunks}
        tokens={tokens}
        widgets={widgets}
        {...(onLine && { gutterEvents: { onClick: click } })}
        optimizeSelection
      >
        {(hunks: HunkData[]) => hunks.flatMap((hunk) => [<Hunk key={hunk.content} hunk={hunk} />])}
      </Diff>
    </div>
  )
}

/** The lines of a patch that something can stand under. */
export function linesOf(text: string): ReadonlySet<number> {
  const hunks = text.trim() === '' ? [] : (parseDiff(text)[0]?.hunks ?? [])
  return new Set(hunks.flatMap(({ changes }) => changes.flatMap((change) => lineOf(change) ?? [])))
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
