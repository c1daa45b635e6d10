import { BoardQuery, DEFAULT_QUERY } from './board-query.ts'

/** The name of each part in an address. */
const NAMES = {
  text: 'q',
  label_mode: 'labels',
  due: 'due',
  blocked: 'blocked',
  group_by: 'group',
  view: 'view',
} as const
const LISTS = {
  label_ids: 'label',
  priorities: 'priority',
  assignees: 'assignee',
  agent_states: 'agents',
} as const

/** The query as part of an address: only what differs from the default. */
export function encodeQuery(query: BoardQuery): URLSearchParams {
  const params = new URLSearchParams()
  for (const key of keysOf(NAMES)) if (query[key] !== DEFAULT_QUERY[key]) params.set(NAMES[key], query[key])
  for (const key of keysOf(LISTS)) for (const value of query[key]) params.append(LISTS[key], value)
  const { by, direction } = query.sort
  if (by !== 'manual' || direction !== 'asc') params.set('sort', `${direction === 'desc' ? '-' : ''}${by}`)
  return params
}

/** The query of an address; what it does not understand has its default. */
export function decodeQuery(params: URLSearchParams): BoardQuery {
  const query: Record<string, unknown> = {}
  const take = (key: keyof typeof BoardQuery.shape, value: unknown) => {
    const parsed = BoardQuery.shape[key].safeParse(value)
    if (parsed.success) query[key] = parsed.data
  }
  for (const key of keysOf(NAMES)) take(key, params.get(NAMES[key]) ?? undefined)
  for (const key of keysOf(LISTS)) {
    const element = BoardQuery.shape[key].unwrap().element
    const values = params.getAll(LISTS[key]).filter((value) => element.safeParse(value).success)
    take(key, [...new Set(values)])
  }
  const sort = params.get('sort')
  if (sort !== null)
    take('sort', { by: sort.replace(/^-/, ''), direction: sort.startsWith('-') ? 'desc' : 'asc' })
  return { ...DEFAULT_QUERY, ...query }
}

function keysOf<T extends object>(value: T): (keyof T)[] {
  return Object.keys(value) as (keyof T)[]
}
