import { expect, test } from 'vitest'
import type { Comment } from '#shared/comment.ts'
import { CommentId, UserId } from '#shared/ids.ts'
import { mentionsIn } from '#shared/mentions.ts'
import { withMessage } from '../../../renderer/features/comments/comment-list.ts'
import { mentionAt, peopleMeant, withMention } from '../../../renderer/features/comments/mention.ts'
import { at, BOARD, taskId, uuid } from './fixtures.ts'

const comment = (number: number, values: Partial<Comment> = {}): Comment => ({
  id: CommentId.parse(uuid(number)),
  board_id: BOARD,
  task_id: taskId(1),
  author_type: 'person',
  author_id: uuid(9),
  author_name: 'Ada',
  body: `Comment ${number}`,
  edited_at: null,
  created_at: at(number),
  updated_at: at(number),
  ...values,
})

test('comments stay in their order, whatever order they are heard in, and old news changes nothing', () => {
  const [one, two, three] = [comment(1), comment(2), comment(3)]
  const edited = comment(2, { body: 'Edited', updated_at: at(9) })
  const messages = [
    { type: 'comment_created', data: three } as const,
    { type: 'comment_updated', data: edited } as const,
    { type: 'comment_updated', data: two } as const,
    { type: 'comment_created', data: comment(4, { task_id: taskId(2) }) } as const,
  ]
  const heard = messages.reduce<readonly Comment[]>(
    (list, message) => withMessage(list, taskId(1), message),
    [one],
  )
  expect(heard).toEqual([one, edited, three])
  const gone = { type: 'comment_deleted', data: { id: one.id, task_id: taskId(1) } } as const
  expect(withMessage(heard, taskId(1), gone)).toEqual([edited, three])
})

const PEOPLE = ['Ada Lovelace', 'Adam', 'Zoë'].map((name, index) => ({
  id: UserId.parse(uuid(index + 1)),
  name,
}))

test('a name is completed behind an @, and not inside of an address', () => {
  expect(mentionAt('ask @ad', 7)).toEqual({ at: 4, typed: 'ad' })
  expect(mentionAt('@', 1)).toEqual({ at: 0, typed: '' })
  expect(mentionAt('mail a@b', 8)).toBeNull()
  expect(mentionAt('ask @ad\nnew line', 16)).toBeNull()
  expect(peopleMeant({ at: 0, typed: 'zoe' }, PEOPLE).map(({ name }) => name)).toEqual(['Zoë'])
  expect(peopleMeant({ at: 0, typed: 'Adam ' }, PEOPLE)).toEqual([])
})

test('what is completed is what mentions the person', () => {
  for (const person of PEOPLE) {
    const start = { at: 4, typed: 'x' }
    const { text, caret } = withMention('ask @x please', 6, start, person)
    expect(text).toBe(`ask @${person.name} please`)
    expect(text.slice(0, caret)).toBe(`ask @${person.name} `)
    expect(mentionsIn(text, PEOPLE)).toEqual([person.id])
  }
})
