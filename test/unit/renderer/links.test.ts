import { expect, test } from 'vitest'
import { LinkId } from '#shared/ids.ts'
import { type Task, type TaskCard, toTaskCard } from '#shared/task.ts'
import { findCards } from '../../../renderer/features/links/find-card.ts'
import { linksOf, linkTo, SIDES } from '../../../renderer/features/links/link-sides.ts'
import { at, BOARD, task, taskId, uuid } from './fixtures.ts'

test('each side of a link is made and seen as it was meant', () => {
  for (const { side } of SIDES) {
    const made = linkTo(taskId(1), side, taskId(2))
    const link = { ...made, id: LinkId.parse(uuid(1)), board_id: BOARD, created_at: at(1), updated_at: at(1) }
    expect(linksOf(taskId(1), [link])).toEqual([{ link, side, other: taskId(2) }])
    expect(linksOf(taskId(2), [link])[0]?.other).toBe(taskId(1))
    expect(linksOf(taskId(3), [link])).toEqual([])
  }
})

test('a card is found by its key, its number or its title; with nothing typed the last changed go first', () => {
  const card = (number: number, values: Partial<Task>): TaskCard => toTaskCard(task(number, values))
  const cards = [
    card(1, { title: 'Round totals' }),
    card(12, { title: 'Sort 1 list', updated_at: at(99) }),
    card(3, { title: 'Écran d’accueil' }),
  ]
  const titles = (text: string) => findCards(text, cards, 'RNG').map(({ title }) => title)
  expect(titles('RNG-12')[0]).toBe('Sort 1 list')
  expect(titles('rng 1')[0]).toBe('Round totals')
  expect(titles('1')[0]).toBe('Round totals')
  expect(titles('ecran')).toEqual(['Écran d’accueil'])
  expect(titles('')[0]).toBe('Sort 1 list')
})
