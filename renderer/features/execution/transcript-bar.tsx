import { ChevronDown, ChevronUp, Download, Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { LogKind } from '#shared/execution-log.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { formatWhole } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import styles from './transcript-bar.module.css'
import { useExportLog } from './use-export-log.ts'
import type { LogSearch } from './use-log-search.ts'

const NAMES: Readonly<Record<LogKind, string>> = {
  text: texts.transcript.text,
  thinking: texts.transcript.thinking,
  tool: texts.transcript.tools,
  check: texts.transcript.checks,
  notice: texts.transcript.notices,
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
      <div className={styles.kinds} role="group" aria-label={texts.transcript.whatShown}>
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
        aria-label={texts.transcript.searchInWhatAgentsDid}
        placeholder={texts.transcript.search}
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
            label={texts.transcript.previousPlace}
            shortcut="Shift Enter"
            size="small"
            disabled={hits.length === 0}
            onClick={() => step(-1)}
          >
            <ChevronUp />
          </IconButton>
          <IconButton
            label={texts.transcript.nextPlace}
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
        <IconButton label={texts.transcript.clearSearch} size="small" onClick={() => setText('')}>
          <X />
        </IconButton>
      )}
    </search>
  )
}

function countText({ isSearching, error, total, hits, at }: LogSearch) {
  if (error) return errorText(error)
  if (isSearching) return <Spinner label={texts.transcript.searching} />
  if (total === 0) return texts.transcript.notFound
  const of = formatWhole(total)
  if (at === null) return texts.transcript.found(of)
  const isBeyond = total > hits.length && at === hits.length - 1
  return texts.transcript.searchForMoreWords(at, of, isBeyond)
}

function ExportButton({ id }: { id: ExecutionId }) {
  const { part, start, stop } = useExportLog(id)
  if (part !== null) {
    return (
      <Button size="small" icon={<Spinner />} onClick={stop}>
        {texts.transcript.stop(Math.round(part * 100))}
      </Button>
    )
  }
  return (
    <Menu
      align="end"
      entries={[
        { label: texts.transcript.exportAsMarkdown, onSelect: () => start('md') },
        { label: texts.transcript.exportAsJsonLines, onSelect: () => start('jsonl') },
      ]}
    >
      <IconButton label={texts.transcript.export} size="small">
        <Download />
      </IconButton>
    </Menu>
  )
}
