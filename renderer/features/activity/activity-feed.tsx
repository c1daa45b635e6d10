import { ArrowUp, History } from 'lucide-react'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Activity } from '#shared/activity.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './activity.module.css'
import { ActivityRow } from './activity-row.tsx'
import { dayName, groupByDay, type ShownActors } from './feed-pages.ts'
import { useActivity } from './use-activity.ts'

interface ActivityFeedProps {
  boardId: BoardId
  /** Only of this card. */
  taskId?: TaskId
  actors?: ShownActors
  onOpenTask?: (id: TaskId) => void
  /** Whether a card is still there to be opened. */
  isThere?: (id: TaskId) => boolean
}

const NOTHING: Readonly<Record<ShownActors, string>> = {
  all: texts.activity.whatPeopleAndAgents,
  people: texts.activity.whatPeopleDo,
  agents: texts.activity.runAgentsOnCard,
}

/** How far from the top the newest line still counts as seen, in pixels. */
const NEAR_TOP = 24

/** Who did what, day by day, newest first. What is new appears at the top and does not move what is being read. */
export function ActivityFeed({ boardId, taskId, actors = 'all', ...rest }: ActivityFeedProps) {
  const feed = useActivity(boardId, taskId ?? null, actors)
  const scroller = useRef<HTMLDivElement>(null)
  const now = useNow(30_000, true)
  const days = useMemo(() => groupByDay(feed.items), [feed.items])
  const news = useNews(scroller, feed.items)
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = feed
  const end = useEndInSight(
    hasNextPage && !isFetchingNextPage && !isFetchNextPageError,
    () => void fetchNextPage(),
  )
  const open = (line: Activity) =>
    line.task_id && (rest.isThere?.(line.task_id) ?? false) ? (rest.onOpenTask ?? null) : null

  if (feed.isPending) return <FeedSkeleton />
  if (feed.isError && feed.items.length === 0) {
    return (
      <ErrorState
        title={texts.activity.activityCouldNotRead}
        error={feed.error}
        onRetry={() => void feed.refetch()}
      />
    )
  }
  if (feed.items.length === 0) {
    return (
      <EmptyState icon={<History />} title={texts.activity.nothingYet}>
        {NOTHING[actors]}
      </EmptyState>
    )
  }
  return (
    <div className={styles.feed}>
      {news.count > 0 && (
        <Button size="small" variant="primary" icon={<ArrowUp />} className={styles.news} onClick={news.show}>
          {texts.activity.new(news.count)}
        </Button>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too */}
      <div ref={scroller} className={styles.scroller} onScroll={news.noteScroll} tabIndex={0}>
        {days.map((day) => (
          <section key={day.id} aria-label={dayName(day.date, now)}>
            <h3 className={styles.day}>{dayName(day.date, now)}</h3>
            <ol className={styles.rows}>
              {day.items.map((line) => (
                <ActivityRow
                  key={line.id}
                  line={line}
                  now={dayName(day.date, now) === texts.activity.today ? now : null}
                  isOfCard={taskId !== undefined}
                  onOpenTask={open(line)}
                />
              ))}
            </ol>
          </section>
        ))}
        <div ref={end} className={styles.end}>
          {isFetchingNextPage && <Skeleton width="60%" />}
          {isFetchNextPageError && (
            <Button size="small" onClick={() => void fetchNextPage()}>
              {texts.activity.earlierLinesCould}
            </Button>
          )}
          {!hasNextPage && texts.activity.whereBegan}
        </div>
      </div>
    </div>
  )
}

/** Calls when the end of the list comes near, for as long as there is more. */
function useEndInSight(isMore: boolean, onSight: () => void): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null)
  const call = useRef(onSight)
  call.current = onSight
  useEffect(() => {
    if (!isMore || !end.current) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) call.current()
      },
      { root: end.current.parentElement, rootMargin: '400px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [isMore])
  return end
}

/** How many lines came while the person was reading further down. The browser keeps what they read in its place. */
function useNews(scroller: RefObject<HTMLElement | null>, items: readonly Activity[]) {
  const newest = items[0]?.id ?? '0'
  const [seen, setSeen] = useState<string | null>(null)
  const isAtTop = () => (scroller.current?.scrollTop ?? 0) <= NEAR_TOP
  useEffect(() => {
    setSeen((before) => (before === null || (scroller.current?.scrollTop ?? 0) <= NEAR_TOP ? newest : before))
  }, [newest, scroller])
  return {
    count: seen === null ? 0 : items.filter(({ id }) => BigInt(id) > BigInt(seen)).length,
    noteScroll: () => {
      if (isAtTop()) setSeen(newest)
    },
    show: () =>
      scroller.current?.scrollTo({
        top: 0,
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
      }),
  }
}

function FeedSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label={texts.activity.readingActivity}>
      {['70%', '85%', '60%', '75%'].map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  )
}
