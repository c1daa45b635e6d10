import { expect, test } from 'vitest'
import { offersOf } from '#electron/providers/model-offers.ts'
import { defaultModel, nearestModel } from '#electron/providers/models.ts'
import type { Provider } from '#electron/providers/provider.ts'

const signal = new AbortController().signal
const offering = (models: Provider['models']) => ({ models }) as Provider

test('the default is taken where it is offered, else the newest of its family, else of the other', () => {
  expect(nearestModel('review', ['claude-fable-9', defaultModel('review')])).toBe(defaultModel('review'))
  expect(nearestModel('review', ['claude-sonnet-9', 'claude-opus-9', 'claude-opus-8'])).toBe('claude-opus-9')
  expect(nearestModel('review', ['claude-fable-9', 'claude-sonnet-9'])).toBe('claude-sonnet-9')
  expect(nearestModel('fix', ['something-else'])).toBe('something-else')
  expect(nearestModel('fix', [])).toBeNull()
})

test('what is offered is told with the model that each phase takes', async () => {
  const models = [{ id: 'claude-opus-9', name: 'Opus 9' }]
  const offers = await offersOf(
    offering(async () => models),
    true,
    signal,
  )
  expect(offers).toMatchObject({
    models,
    note: null,
    defaults: { review: 'claude-opus-9', fix: 'claude-opus-9' },
  })
})

test('a service that does not answer leaves our own defaults, and says so; an agent may choose by itself', async () => {
  const failing = await offersOf(
    offering(() => Promise.reject(new Error('offline'))),
    true,
    signal,
  )
  expect(failing.models.map(({ id }) => id)).toContain(defaultModel('review'))
  expect(failing.note).toContain('own defaults')
  expect(await offersOf({} as Provider, true, signal)).toMatchObject({ models: [], defaults: {} })
})
