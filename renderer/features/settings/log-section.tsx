import { ArrowDownToLine, FolderOpen } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { LogLevel } from '#shared/log-line.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { filterLog } from './filter-log.ts'
import { LogDetail } from './log-detail.tsx'
import { LogList } from './log-list.tsx'
import styles from './log-section.module.css'
import { SettingsSection } from './settings-section.tsx'
import { useLog } from './use-log.ts'

const LEVELS: readonly { value: LogLevel; label: string }[] = [
  { value: 'debug', label: texts.log.all },
  { value: 'info', label: texts.log.info },
  { value: 'warn', label: texts.log.warnings },
  { value: 'error', label: texts.log.errors },
]

/** The end of the app's log, live, to be searched and copied from. */
export function LogSection() {
  const { lines, isReading, error } = useLog()
  const [level, setLevel] = useState<LogLevel>('debug')
  const [search, setSearch] = useState('')
  const [isFollowing, setFollowing] = useState(true)
  const [chosen, setChosen] = useState<number | null>(null)
  const words = useDeferredValue(search)
  const shown = useMemo(() => filterLog(lines, level, words), [lines, level, words])
  const openFolder = useAction(() => api.logs.openFolder.mutate(), { failed: texts.log.folderNotOpened })
  const detail = shown.find((line) => line.number === chosen)
  return (
    <SettingsSection
      title={texts.log.log}
      hint={texts.log.whatAppDoes}
      action={
        <Button size="small" variant="ghost" icon={<FolderOpen />} onClick={() => openFolder.mutate()}>
          {texts.log.openFolder}
        </Button>
      }
    >
      <div className={styles.bar}>
        <Segmented label={texts.log.leastLevel} value={level} choices={LEVELS} onChange={setLevel} />
        <TextInput
          type="search"
          aria-label={texts.log.searchLog}
          placeholder={texts.log.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className={styles.search}
        />
        <Button
          size="small"
          variant={isFollowing ? 'secondary' : 'ghost'}
          icon={<ArrowDownToLine />}
          aria-pressed={isFollowing}
          onClick={() => setFollowing(!isFollowing)}
        >
          {texts.log.follow}
        </Button>
      </div>
      <LogList
        lines={shown}
        chosen={chosen}
        onChoose={setChosen}
        isFollowing={isFollowing}
        onFollowingChange={setFollowing}
        empty={
          isReading ? texts.log.readingLog : lines.length > 0 ? texts.log.noLineFits : texts.log.nothingYet
        }
      />
      {detail && <LogDetail line={detail} onClose={() => setChosen(null)} />}
      <div className={styles.foot}>
        {error ? (
          <span role="alert" className={styles.lost}>
            {error}
          </span>
        ) : (
          <Count shown={shown.length} all={lines.length} />
        )}
      </div>
    </SettingsSection>
  )
}

/** Told to readers of the screen only when a filter is set: the log itself grows all the time. */
function Count({ shown, all }: { shown: number; all: number }) {
  return (
    <span aria-live={shown === all ? 'off' : 'polite'}>
      {shown === all ? texts.log.lines(all) : texts.log.linesOf(shown, all)}
    </span>
  )
}
