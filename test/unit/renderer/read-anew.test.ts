import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { readAnew } from '../../../renderer/lib/read-anew.ts'

/** A list that is shown; each reading takes what there is at its beginning and is answered when the test says so. */
function shownList() {
  const cache = new QueryClient()
  const there: string[] = []
  const answers: (() => void)[] = []
  const queryFn = () => {
    const seen = [...there]
    return new Promise<string[]>((resolve) => answers.push(() => resolve(seen)))
  }
  const list = new QueryObserver(cache, { queryKey: ['list'], queryFn, staleTime: Number.POSITIVE_INFINITY })
  const leave = list.subscribe(() => {})
  const answer = async () => {
    answers.shift()?.()
    await new Promise(setImmediate)
  }
  return { cache, there, answer, answers, leave, shown: () => list.getCurrentResult().data }
}

it('what changes while it is being read is read once more behind that', async () => {
  const { cache, there, answer, answers, leave, shown } = shownList()
  await answer()
  there.push('first')
  const first = readAnew(cache, ['list'])
  there.push('second', 'third')
  const others = Promise.all([readAnew(cache, ['list']), readAnew(cache, ['list'])])
  expect(answers).toHaveLength(1) // neither broken off nor asked beside it
  await answer()
  expect(shown()).toEqual(['first'])
  expect(answers).toHaveLength(1) // once for all of them
  await answer()
  await Promise.all([first, others])
  expect(shown()).toEqual(['first', 'second', 'third'])
  leave()
})

it('what is at rest is read once', async () => {
  const { cache, answer, answers, leave } = shownList()
  await answer()
  const read = readAnew(cache, ['list'])
  await answer()
  await read
  expect(answers).toHaveLength(0)
  leave()
})
