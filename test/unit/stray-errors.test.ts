import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { hearStrayErrors, type StrayError } from '#electron/stray-errors.ts'

test('errors that nobody handles are told, of both kinds', () => {
  const source = new EventEmitter()
  const told: StrayError[] = []
  hearStrayErrors(source, (stray) => told.push(stray))
  source.emit('uncaughtException', 'thrown')
  source.emit('unhandledRejection', 'rejected')
  expect(told).toEqual([
    { kind: 'uncaught_exception', error: 'thrown' },
    { kind: 'unhandled_rejection', error: 'rejected' },
  ])
})
