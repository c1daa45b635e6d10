import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Activity } from '#shared/activity.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { errorFacts } from '../../lib/error-text.ts'
import { followLive } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { type FeedPage, isShown, itemsOf, type ShownActors, withNews } from './feed-pages.ts'

const PAGE = 50

const ACTOR_TYPE = { all: undefined, people: 'person', agents: 'agent' } as const

/** What was done on a board or on one of its cards: page by page into the past, and live. */
export function useActivity(boardId: BoardId, taskId: TaskId | null, actors: ShownActors) {
  const cache = useQueryClient()
  const key = useMemo(() => keys.activity(boardId, taskId, actors), [boardId, taskId, actors])
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => readPage(boardId, taskId, actors, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: FeedPage) => (page.isLast ? undefined : page.items.at(-1)?.id),
    staleTime: Number.POSITIVE_INFINITY,
    // Nobody follows it while it is not shown: then it is read anew.
    gcTime: 0,
  })

  const isRead = query.data !== undefined
  useEffect(() => {
    if (!isRead) return
    const known = cache.getQueryData<InfiniteData<FeedPage>>(key)
    return followLive<Activity>({
      lastEventId: known?.pages[0]?.newestId ?? '0',
      open: (lastEventId, handlers) => {
        const subscription = api.activity.onActivity.subscribe(
          { boardId, lastEventId, ...(taskId && { taskId }) },
          { onStarted: handlers.onStarted, onData: handlers.onData, onError: handlers.onError },
        )
        return () => subscription.unsubscribe()
      },
      onBatch: (batch) => {
        const news = batch.map(({ data }) => data).filter((line) => isShown(line, actors))
        cache.setQueryData<InfiniteData<FeedPage>>(
          key,
          (data) => data && { ...data, pages: withNews(data.pages, news) },
        )
      },
      isFinal: (error) => errorFacts(error).code === 'NOT_FOUND',
    })
  }, [cache, key, boardId, taskId, actors, isRead])

  return { ...query, items: useMemo(() => itemsOf(query.data?.pages ?? []), [query.data]) }
}

async function readPage(
  boardId: BoardId,
  taskId: TaskId | null,
  actors: ShownActors,
  before: string | null,
  signal: AbortSignal,
): Promise<FeedPage> {
  const of = { board_id: boardId, ...(taskId && { task_id: taskId }) }
  // Where to follow from: the newest line of all, read before the page, so that nothing falls between.
  const newest =
    before === null && actors !== 'all'
      ? await api.activity.list.query({ ...of, limit: 1 }, { signal })
      : null
  const actorType = ACTOR_TYPE[actors]
  const items = await api.activity.list.query(
    { ...of, limit: PAGE, ...(before && { before }), ...(actorType && { actor_type: actorType }) },
    { signal },
  )
  return { items, isLast: items.length < PAGE, newestId: (newest ?? items)[0]?.id ?? '0' }
}
