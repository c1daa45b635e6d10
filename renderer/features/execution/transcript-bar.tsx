import { ChevronDown, ChevronUp, Download, Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { LogKind } from '#shared/execution-log.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { formatWhole } from '../../lib/format.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import styles from './transcript-bar.module.css'
import { useExportLog } from './use-export-log.ts'
import type { LogSearch } from './use-log-search.ts'

const NAMES: Readonly<Record<LogKind, string>> = {
  text: 'Text',
  thinking: 'Thinking',
  tool: 'Tools',
  check: 'Checks',
  notice: 'Notices',
}

interface TranscriptBarProps {
  id: ExecutionId
  search: LogSearch
  field: Ref<HTMLInputElement>
  /** Null: all. */
  kinds: readonly LogKind[] | null
  onKinds: (kinds: readonly LogKind[] | null) => void
}

/** Above the transcript: what is sought in it, what is shown of it, and the way to a file. */
export function TranscriptBar({ id, search, field, kinds, onKinds }: TranscriptBarProps) {
  const toggle = (kind: LogKind) => {
    const shown = kinds ?? LogKind.options
    const next = LogKind.options.filter((one) => (one === kind ? !shown.includes(one) : shown.includes(one)))
    onKinds(next.length === 0 || next.length === LogKind.options.length ? null : next)
  }
  return (
    <div className={styles.bar}>
      <div className={styles.line}>
        <SearchField search={search} field={field} />
        <ExportButton id={id} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form */}
      <div className={styles.kinds} role="group" aria-label="What is shown">
        {LogKind.options.map((kind) => (
          <button
            key={kind}
            type="button"
            className={styles.kind}
            aria-pressed={kinds === null || kinds.includes(kind)}
            onClick={() => toggle(kind)}
          >
            {NAMES[kind]}
          </button>
        ))}
      </div>
    </div>
  )
}

function SearchField({ search, field }: Pick<TranscriptBarProps, 'search' | 'field'>) {
  const { text, setText, sought, hits, step } = search
  return (
    <search className={styles.search}>
      <Search aria-hidden="true" />
      <TextInput
        ref={field}
        type="text"
        aria-label="Search in what the agents did"
        placeholder="Search"
        className={styles.input}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation()
            setText('')
          }
          if (event.key !== 'Enter') return
          event.preventDefault()
          step(event.shiftKey ? -1 : 1)
        }}
      />
      {sought !== '' && text !== '' && (
        <>
          <span className={styles.count} role="status">
            {countText(search)}
          </span>
          <IconButton
            label="Previous place"
            shortcut="Shift Enter"
            size="small"
            disabled={hits.length === 0}
            onClick={() => step(-1)}
          >
            <ChevronUp />
          </IconButton>
          <IconButton
            label="Next place"
            shortcut="Enter"
            size="small"
            disabled={hits.length === 0}
            onClick={() => step(1)}
          >
            <ChevronDown />
          </IconButton>
        </>
      )}
      {text !== '' && (
        <IconButton label="Clear the search" size="small" onClick={() => setText('')}>
          <X />
        </IconButton>
      )}
    </search>
  )
}

function countText({ isSearching, error, total, hits, at }: LogSearch) {
  if (error) return errorText(error)
  if (isSearching) return <Spinner label="Searching" />
  if (total === 0) return 'Not found'
  const of = formatWhole(total)
  if (at === null) return `${of} found`
  const isBeyond = total > hits.length && at === hits.length - 1
  return `${formatWhole(at + 1)} of ${of}${isBeyond ? '; search for more words' : ''}`
}

function ExportButton({ id }: { id: ExecutionId }) {
  const { part, start, stop } = useExportLog(id)
  if (part !== null) {
    return (
      <Button size="small" icon={<Spinner />} onClick={stop}>
        {`${Math.round(part * 100)} %, stop`}
      </Button>
    )
  }
  return (
    <Menu
      align="end"
      entries={[
        { label: 'Export as Markdown…', onSelect: () => start('md') },
        { label: 'Export as JSON Lines…', onSelect: () => start('jsonl') },
      ]}
    >
      <IconButton label="Export" size="small">
        <Download />
      </IconButton>
    </Menu>
  )
}
