import { z } from 'zod'

/**
 * The parts of Trello's export (board menu, “Export as JSON”) that are read. Only what a card cannot do without is
 * demanded; the rest has a default when it is missing or of another kind, since Trello changes it without notice.
 */
const text = z.string().catch('')
const flag = z.boolean().catch(false)
const place = z.number().catch(0)
const ids = z.array(z.string()).catch([])
const loose = z.array(z.unknown()).catch([])

export const TrelloFile = z.object({
  name: text,
  desc: text,
  lists: z.array(z.unknown()),
  cards: z.array(z.unknown()),
  labels: loose,
  checklists: loose,
  actions: loose,
  members: loose,
})
export type TrelloFile = z.infer<typeof TrelloFile>

export const TrelloList = z.object({
  id: z.string().min(1),
  name: text,
  closed: flag,
  pos: place,
  softLimit: z.number().int().min(0).max(100_000).nullable().catch(null),
})
export type TrelloList = z.infer<typeof TrelloList>

export const TrelloCard = z.object({
  id: z.string().min(1),
  name: text,
  desc: text,
  closed: flag,
  idList: text,
  idShort: z.number().int().min(1).max(1_000_000_000).nullable().catch(null),
  pos: place,
  start: z.string().nullable().catch(null),
  due: z.string().nullable().catch(null),
  dueComplete: flag,
  dateLastActivity: z.string().nullable().catch(null),
  labels: loose,
  idMembers: ids,
  attachments: loose,
  customFieldItems: loose,
})
export type TrelloCard = z.infer<typeof TrelloCard>

export const TrelloLabel = z.object({ name: text, color: z.string().nullable().catch(null) })
export type TrelloLabel = z.infer<typeof TrelloLabel>
export const TrelloMember = z.object({ id: z.string(), fullName: text, username: text })
export type TrelloMember = z.infer<typeof TrelloMember>
export const TrelloAttachment = z.object({ name: text, url: text, isUpload: flag })
export type TrelloAttachment = z.infer<typeof TrelloAttachment>

export const TrelloChecklist = z.object({
  idCard: z.string(),
  name: text,
  pos: place,
  checkItems: z
    .array(z.object({ name: text, state: text, pos: place }).catch({ name: '', state: '', pos: 0 }))
    .catch([]),
})
export type TrelloChecklist = z.infer<typeof TrelloChecklist>

export const TrelloComment = z.object({
  type: z.enum(['commentCard', 'copyCommentCard']),
  date: text,
  memberCreator: z.object({ fullName: text, username: text }).catch({ fullName: '', username: '' }),
  data: z.object({ text: z.string(), card: z.object({ id: z.string() }) }),
})
export type TrelloComment = z.infer<typeof TrelloComment>

/** Those of a list that have the shape; the others do not concern us, or are broken. */
export function those<T>(schema: z.ZodType<T>, values: readonly unknown[]): T[] {
  return [...eachOf(schema, values)]
}

/** The same one by one, where there may be many. */
export function* eachOf<T>(schema: z.ZodType<T>, values: Iterable<unknown>): Generator<T> {
  for (const value of values) {
    const parsed = schema.safeParse(value)
    if (parsed.success) yield parsed.data
  }
}
