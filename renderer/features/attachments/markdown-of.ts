import type { Attachment } from '#shared/attachment.ts'

/** What draws an attached picture in a text of its card. */
export function markdownOf({ id, name }: Pick<Attachment, 'id' | 'name'>): string {
  return `![${name.replace(/[[\]\\]/g, ' ').trim()}](attachment:${id})`
}
