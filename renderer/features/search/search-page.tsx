import { Archive, Search } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import type { SearchHit } from '#shared/search.ts'
import { navigate, routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextInput } from '../../ui/field.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { PageFrame, PageTitle } from '../../ui/page-frame.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Marked } from './marked.tsx'
import styles from './search-page.module.css'
import { useSearch } from './use-search.ts'

/** What the service answers at most. */
const MOST = 50

/** Cards of all boards by their words, as they are typed. */
export function SearchPage({ text }: { text: string }) {
  const results = useRef<HTMLUListElement>(null)
  const type = (next: string) => navigate({ page: 'search', text: next }, { replace: true })
  const first = () => results.current?.querySelector('a')?.focus()
  return (
    <PageFrame label={texts.search.search} width={860}>
      <PageTitle>{texts.search.search}</PageTitle>
      <search className={styles.field}>
        <Search aria-hidden="true" />
        <TextInput
          type="search"
          aria-label={texts.search.searchAllBoards}
          placeholder={texts.search.wordsOrKeySuch}
          className={styles.input}
          maxLength={200}
          value={text}
          autoFocus
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            first()
          }}
        />
      </search>
      <Results text={text.trim()} list={results} />
    </PageFrame>
  )
}

interface ResultsProps {
  text: string
  list: { current: HTMLUListElement | null }
}

function Results({ text, list }: ResultsProps) {
  const { data: hits, error, refetch } = useSearch(text)
  if (text === '') {
    return (
      <EmptyState icon={<Search />} title={texts.search.findCardOnAnyBoard}>
        {texts.search.titlesDescriptionsAcceptanceCriteria}
      </EmptyState>
    )
  }
  if (error) {
    return <ErrorState title={texts.search.searchFailed} error={error} onRetry={() => void refetch()} />
  }
  if (!hits) return <ResultsSkeleton />
  return (
    <>
      <p role="status" className={styles.count}>
        {hits.length === MOST ? texts.search.bestCards(MOST) : texts.search.cards(hits.length)}
      </p>
      {hits.length === 0 ? (
        <EmptyState icon={<Search />} title={texts.search.nothingFits(text)}>
          {texts.search.tryFewerWords}
        </EmptyState>
      ) : (
        <ul ref={list} className={styles.list} aria-label={texts.search.foundCards} onKeyDown={stepOnArrow}>
          {hits.map((hit) => (
            <li key={hit.task_id}>
              <Hit hit={hit} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Hit({ hit }: { hit: SearchHit }) {
  return (
    <a className={styles.hit} href={routeHash({ page: 'board', boardId: hit.board_id, taskId: hit.task_id })}>
      <span className={styles.line}>
        <span className={styles.key}>{hit.key}</span>
        <span className={styles.name}>
          <Marked text={hit.title} />
        </span>
        {hit.is_archived && <Badge icon={<Archive />}>{texts.search.archived}</Badge>}
      </span>
      {hit.snippet && (
        <span className={styles.snippet}>
          {hit.found_in === 'comment' && texts.search.comment}
          <Marked text={hit.snippet} />
        </span>
      )}
      <span className={styles.place}>
        {hit.board_name} · {hit.column_name}
      </span>
    </a>
  )
}

function ResultsSkeleton() {
  return (
    <div className={styles.list} role="status" aria-label={texts.search.searching}>
      {[0, 1, 2].map((row) => (
        <Skeleton key={row} height="58px" />
      ))}
    </div>
  )
}

function stepOnArrow(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const links = [...event.currentTarget.querySelectorAll('a')]
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}
