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

/** The query as pairs of an address, which URLSearchParams takes: only what differs from the default. */
export function encodeQuery(query: BoardQuery): [name: string, value: string][] {
  const pairs: [string, string][] = []
  for (const key of keysOf(NAMES)) if (query[key] !== DEFAULT_QUERY[key]) pairs.push([NAMES[key], query[key]])
  for (const key of keysOf(LISTS)) for (const value of query[key]) pairs.push([LISTS[key], value])
  const { by, direction } = query.sort
  if (by !== 'manual' || direction !== 'asc') pairs.push(['sort', `${direction === 'desc' ? '-' : ''}${by}`])
  return pairs
}

/** The query of an address' pairs; what it does not understand has its default. */
export function decodeQuery(pairs: Iterable<readonly [name: string, value: string]>): BoardQuery {
  const all = [...pairs]
  const valuesOf = (name: string) => all.filter((pair) => pair[0] === name).map((pair) => pair[1])
  const query: Record<string, unknown> = {}
  const take = (key: keyof typeof BoardQuery.shape, value: unknown) => {
    const parsed = BoardQuery.shape[key].safeParse(value)
    if (parsed.success) query[key] = parsed.data
  }
  for (const key of keysOf(NAMES)) take(key, valuesOf(NAMES[key])[0])
  for (const key of keysOf(LISTS)) {
    const element = BoardQuery.shape[key].unwrap().element
    const values = valuesOf(LISTS[key]).filter((value) => element.safeParse(value).success)
    take(key, [...new Set(values)])
  }
  const [sort] = valuesOf('sort')
  if (sort !== undefined)
    take('sort', { by: sort.replace(/^-/, ''), direction: sort.startsWith('-') ? 'desc' : 'asc' })
  return { ...DEFAULT_QUERY, ...query }
}

function keysOf<T extends object>(value: T): (keyof T)[] {
  return Object.keys(value) as (keyof T)[]
}
