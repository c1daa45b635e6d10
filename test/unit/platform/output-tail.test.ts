import { expect, test } from 'vitest'
import { OutputTail } from '#electron/platform/output-tail.ts'

test('what fits is kept whole', () => {
  const tail = new OutputTail(100)
  tail.push(Buffer.from('one\n'))
  tail.push(Buffer.from('two\n'))
  expect(tail.text()).toBe('one\ntwo\n')
})

test('of more than fits the end is kept, and how much is missing is said', () => {
  const tail = new OutputTail(10)
  for (let number = 0; number < 100; number += 1) tail.push(Buffer.from(`${number % 10}`))
  expect(tail.text()).toBe('… 90 bytes left out\n0123456789')
  expect(tail.total).toBe(100)
})

test('a letter that is cut in half is left out', () => {
  const tail = new OutputTail(5)
  tail.push(Buffer.from('üüü'))
  expect(tail.text()).toBe('… 1 bytes left out\nüü')
})
