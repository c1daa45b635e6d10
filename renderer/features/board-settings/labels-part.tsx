import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { BoardId, LabelId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import { nextColor } from '../../lib/colors.ts'
import { foldText } from '../../lib/fuzzy.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Callout } from '../../ui/notice.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './board-settings.module.css'
import { LabelColor } from './label-color.tsx'
import { LabelRow } from './label-row.tsx'
import { MergeLabels } from './merge-labels.tsx'
import { type LabelNews, useLabelActions } from './use-label-actions.ts'

interface LabelsPartProps {
  boardId: BoardId
  labels: ReadonlyMap<LabelId, Label>
  labelCounts: () => ReadonlyMap<LabelId, number>
}

/** So many are found at a glance. */
const FEW = 8

/** All labels of a board: made, named, coloured, merged and deleted; each change holds at once. */
export function LabelsPart({ boardId, labels, labelCounts }: LabelsPartProps) {
  const [news, setNews] = useState<LabelNews | null>(null)
  const actions = useLabelActions(boardId, setNews)
  const [search, setSearch] = useState('')
  const [merging, setMerging] = useState<LabelId | null>(null)
  const counts = labelCounts()
  const sorted = useMemo(
    () => [...labels.values()].toSorted((one, other) => one.name.localeCompare(other.name)),
    [labels],
  )
  const shown = sorted.filter(({ name }) => foldText(name).includes(foldText(search.trim())))
  const label = merging && labels.get(merging)
  if (label) {
    return (
      <MergeLabels
        label={label}
        count={counts.get(label.id) ?? 0}
        others={sorted.filter(({ id }) => id !== label.id)}
        onMerge={(into) => actions.merge(label, into)}
        onClose={() => setMerging(null)}
      />
    )
  }
  return (
    <div className={styles.part}>
      <NewLabel labels={labels} onCreate={actions.create} />
      {news && <NewsLine news={news} onDone={() => setNews(null)} />}
      {labels.size > FEW && (
        <TextInput
          type="search"
          aria-label={texts.boardSettings.searchLabels}
          placeholder={texts.boardSettings.searchLabels}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {shown.length > 0 ? (
        <ul className={styles.labels} aria-label={texts.boardSettings.labels}>
          {shown.map((one) => (
            <LabelRow
              key={one.id}
              label={one}
              count={counts.get(one.id) ?? 0}
              canMerge={labels.size > 1}
              actions={actions}
              onMerge={() => setMerging(one.id)}
            />
          ))}
        </ul>
      ) : (
        <p className={styles.note}>
          {labels.size === 0 ? texts.boardSettings.noLabels : texts.boardSettings.noLabelFits(search.trim())}
        </p>
      )}
    </div>
  )
}

function NewsLine({ news, onDone }: { news: LabelNews; onDone: () => void }) {
  const { undo } = news
  return (
    <div role={news.tone === 'bad' ? 'alert' : 'status'}>
      <Callout
        tone={news.tone}
        title={news.title}
        actions={
          undo && (
            <Button
              size="small"
              onClick={() => {
                onDone()
                undo()
              }}
            >
              {texts.boardSettings.undo}
            </Button>
          )
        }
      >
        {news.text}
      </Callout>
    </div>
  )
}

const LONGEST = 50

interface NewLabelProps {
  labels: LabelsPartProps['labels']
  onCreate: (name: string, color: string) => Promise<boolean>
}

function NewLabel({ labels, onCreate }: NewLabelProps) {
  const [name, setName] = useState('')
  /** Null: the one that the fewest labels have. */
  const [chosen, setColor] = useState<string | null>(null)
  const isRefused = name.trim() === '' || isTooLong(name, LONGEST)
  const color = chosen ?? nextColor(labels.values())
  return (
    <form
      className={styles.newLabel}
      onSubmit={async (event) => {
        event.preventDefault()
        const wanted = name.trim()
        if (isRefused) return
        // At once, so that the next one can be written while this one is made.
        setName('')
        setColor(null)
        if (!(await onCreate(wanted, color))) setName((now) => now || wanted)
      }}
    >
      <LabelColor label={texts.boardSettings.newColor} color={color} onPick={setColor} />
      <TextInput
        aria-label={texts.boardSettings.newLabel}
        placeholder={texts.boardSettings.newLabelHint}
        limit={LONGEST}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" icon={<Plus />} disabled={isRefused}>
        {texts.boardSettings.addLabel}
      </Button>
    </form>
  )
}
