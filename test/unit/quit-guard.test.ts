import { expect, it } from 'vitest'
import { LastWindow } from '#electron/last-window.ts'
import { guardQuit } from '#electron/quit-guard.ts'

/** A guard, what happened, and how the person answers. */
function guarded(given: { runs?: number; isWanted?: boolean; forget?: () => Promise<unknown> } = {}) {
  const did: string[] = []
  const answers: ((answer: { quit: boolean; never: boolean }) => void)[] = []
  const mayQuit = guardQuit({
    atWork: () => given.runs ?? 2,
    isWanted: () => given.isWanted ?? true,
    ask: (runs) => {
      did.push(`ask ${runs}`)
      return new Promise((resolve) => answers.push(resolve))
    },
    forget: async () => {
      did.push('forget')
      await given.forget?.()
    },
    quit: () => did.push('quit'),
  })
  const answer = async (quit: boolean, never = false) => {
    answers.shift()?.({ quit, never })
    await new Promise(setImmediate)
  }
  return { mayQuit, did, answer }
}

it('nobody is asked when no agent works, or when they do not want it', () => {
  const idle = guarded({ runs: 0 })
  const unwanted = guarded({ isWanted: false })
  expect([idle.mayQuit(), unwanted.mayQuit(), idle.did, unwanted.did]).toEqual([true, true, [], []])
})

it('who keeps the agents working is asked again next time; who quits, quits', async () => {
  const { mayQuit, did, answer } = guarded()
  expect(mayQuit()).toBe(false)
  await answer(false, true)
  expect([mayQuit(), did]).toEqual([false, ['ask 2', 'ask 2']])
  await answer(true)
  expect(did).toEqual(['ask 2', 'ask 2', 'quit'])
})

it('there is one question at a time, however often the window is closed', () => {
  const { mayQuit, did } = guarded()
  expect([mayQuit(), mayQuit(), did]).toEqual([false, false, ['ask 2']])
})

it('what is not to be asked again is kept before the app quits, and does not keep it from quitting', async () => {
  const { mayQuit, did, answer } = guarded({ forget: () => Promise.reject(new Error('disk full')) })
  mayQuit()
  await answer(true, true)
  expect(did).toEqual(['ask 2', 'forget', 'quit'])
})

it('of windows that are closed together the last one asks, and no other', () => {
  const { mayQuit, did } = guarded()
  const windows = [{ name: 'first' }, { name: 'second' }, { name: 'third' }]
  const last = new LastWindow(() => windows) // none of them is gone yet
  const close = (window: { name: string }) => {
    if (last.is(window) && !mayQuit()) return 'stays'
    last.noteClosing(window)
    return 'closes'
  }
  expect(windows.map(close)).toEqual(['closes', 'closes', 'stays'])
  expect(did).toEqual(['ask 2'])
})
