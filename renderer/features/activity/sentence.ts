import type { Activity } from '#shared/activity.ts'
import { texts } from '../../lib/texts/texts.ts'

export interface SentenceParts {
  before: string
  /** The key of the card, which opens it; '' when the sentence names none. */
  key: string
  after: string
}

/** A line's sentence around the key of its card. In the feed of one card the card is "this card". */
export function splitSentence(
  { message, metadata, task_id }: Pick<Activity, 'message' | 'metadata' | 'task_id'>,
  isOfCard: boolean,
): SentenceParts {
  const { key, title } = metadata
  if (task_id === null || typeof key !== 'string') return { before: message, key: '', after: '' }
  const name = typeof title === 'string' ? `${key} ${texts.format.quoted(title)}` : key
  if (isOfCard) return { before: message.replace(name, () => texts.activity.card), key: '', after: '' }
  const start = message.indexOf(name)
  if (start === -1) return { before: message, key: '', after: '' }
  return { before: message.slice(0, start), key, after: message.slice(start + key.length) }
}
