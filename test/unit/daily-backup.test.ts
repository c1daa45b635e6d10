import { expect, test } from 'vitest'
import { startDailyBackup } from '#electron/services/daily-backup.ts'

let daily: AsyncDisposable | undefined

test('the backup of the day is looked for again and again, failures included, until it is closed', async () => {
  const said: string[] = []
  const note = (_: object, text: string) => void said.push(text)
  const outcomes = [() => true, () => Promise.reject(new Error('no space')), () => false]
  let asked = 0
  const thrice = new Promise<void>((resolve) => {
    const createDaily = async () => {
      const outcome = outcomes[asked++]
      if (asked === outcomes.length) resolve()
      return outcome ? await outcome() : false
    }
    daily = startDailyBackup({ createDaily }, { log: { info: note, warn: note }, firstMs: 1, everyMs: 1 })
  })
  await thrice
  await daily?.[Symbol.asyncDispose]()
  expect(said).toEqual(['made the backup of the day', 'is tried again later'])
})

test('closing ends a backup that is being made', async () => {
  let ended: AbortSignal | undefined
  const begun = new Promise<void>((resolve) => {
    const createDaily = (signal: AbortSignal) => {
      ended = signal
      resolve()
      return new Promise<boolean>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('ended')))
      })
    }
    const log = { info: () => {}, warn: () => expect.unreachable() }
    daily = startDailyBackup({ createDaily }, { log, firstMs: 1 })
  })
  await begun
  await daily?.[Symbol.asyncDispose]()
  expect(ended?.aborted).toBe(true)
})
