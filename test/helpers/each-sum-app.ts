import { afterEach, beforeEach } from 'vitest'
import { openSumApp, type SumApp, type SumAppOptions } from './sum-app.ts'

/** Gives each test of a file an app of its own, and closes it after the test. */
export function eachOnSumApp(take: (made: SumApp) => void, options?: SumAppOptions): void {
  let made: SumApp | undefined
  beforeEach(async () => {
    made = await openSumApp(options)
    take(made)
  })
  afterEach(() => made?.[Symbol.asyncDispose]())
}
