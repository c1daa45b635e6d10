import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decideCall,
  type InFlight,
  isNearLimit,
  type Limits,
  leftOf,
  refusalSentence,
  SCOPES,
  warningSentence,
} from '#electron/gateway/decide-call.ts'

const none: InFlight = { calls: 0, worst_usd: 0 }
const idle = { execution: none, board: none, all: none }
const unlimited: Limits = { execution: null, board: null, all: null }
const limits = (scope: keyof Limits, limit_usd: number, spent_usd: number): Limits => ({
  ...unlimited,
  [scope]: { limit_usd, spent_usd },
})

test('without a limit any number of calls may begin', () => {
  const busy = { calls: 99, worst_usd: 1e6 }
  expect(decideCall(unlimited, { execution: busy, board: busy, all: busy })).toEqual({ type: 'go' })
  expect(leftOf(unlimited)).toBeNull()
})

test.each(SCOPES)('the limit of %s refuses once it is used up, and says how to go on', (scope) => {
  expect(decideCall(limits(scope, 0.1, 0.0999), idle)).toEqual({ type: 'go' })
  const refused = { type: 'refuse', scope, limit_usd: 0.3, spent_usd: 0.1 + 0.2 }
  expect(decideCall(limits(scope, 0.3, 0.1 + 0.2), idle)).toEqual(refused)
  expect(refusalSentence(scope, 0.1, 0.1)).toMatch(/\$0\.10 of \$0\.10\. Raise/)
  expect(warningSentence(scope, 5, 4.014)).toContain('$4.01')
})

test('a limit of nothing refuses the first call', () => {
  expect(decideCall(limits('board', 0, 0), idle).type).toBe('refuse')
})

test('a call waits while those in flight may use up what is left, and never when there is none', () => {
  const flying = (worst_usd: number) => ({ ...idle, board: { calls: 1, worst_usd } })
  expect(decideCall(limits('board', 1, 0.5), flying(0.4)).type).toBe('go')
  expect(decideCall(limits('board', 1, 0.5), flying(0.5)).type).toBe('wait')
  expect(decideCall(limits('board', 1, 0.99), idle).type).toBe('go')
})

test('people are warned from 80 % on', () => {
  expect([0.79, 0.8, 1].map((spent_usd) => isNearLimit({ limit_usd: 1, spent_usd }))).toEqual([
    false,
    true,
    true,
  ])
})

interface Course {
  limit: number
  spent: number
  flying: number[]
  /** Ends of calls that began before the limit was passed, and passed it or came after. */
  endedAbove: number
}

function begin(course: Course, cost: number): void {
  const worst_usd = course.flying.reduce((all, one) => all + one, 0)
  const inFlight = { ...idle, execution: { calls: course.flying.length, worst_usd } }
  if (decideCall(limits('execution', course.limit, course.spent), inFlight).type !== 'go') return
  expect(course.spent).toBeLessThan(course.limit)
  course.flying.push(cost)
}

function end(course: Course): void {
  const cost = course.flying.shift()
  if (!cost) return
  course.spent += cost
  if (course.spent > course.limit + 1e-6) course.endedAbove += 1
}

test('whatever comes in whatever order: no call begins above the limit, and at most one ends above it', () => {
  const step = fc.record({ cost: fc.double({ min: 0, max: 1, noNaN: true }), begins: fc.boolean() })
  const limit = fc.double({ min: 0, max: 3, noNaN: true })
  fc.assert(
    fc.property(limit, fc.array(step, { maxLength: 60 }), (most, steps) => {
      const course: Course = { limit: most, spent: 0, flying: [], endedAbove: 0 }
      for (const { cost, begins } of steps) begins ? begin(course, cost) : end(course)
      while (course.flying.length > 0) end(course)
      expect(course.endedAbove).toBeLessThanOrEqual(1)
    }),
  )
})
