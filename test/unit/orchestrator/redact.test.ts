import { expect, it } from 'vitest'
import { createStreamRedactor, redact } from '#electron/orchestrator/redact.ts'

const SECRET = 'sk-ant-0123'

it('blots every occurrence, and shows NUL', () => {
  expect(redact(`a ${SECRET} b ${SECRET}\u0000`, [SECRET])).toBe('a [redacted] b [redacted]\ufffd')
})

it.each(Array.from({ length: SECRET.length - 1 }, (_, index) => index + 1))(
  'finds a secret that is cut after %i characters',
  (cut) => {
    const redactor = createStreamRedactor([SECRET])
    const told =
      redactor.push(`key: ${SECRET.slice(0, cut)}`) +
      redactor.push(`${SECRET.slice(cut)}.`) +
      redactor.flush()
    expect(told).toBe('key: [redacted].')
  },
)

it('one character at a time tells all that is no secret, in order', () => {
  const redactor = createStreamRedactor([SECRET])
  const text = `sk-ant is a prefix, ${SECRET} is the key, sk-an`
  expect([...text].map((letter) => redactor.push(letter)).join('') + redactor.flush()).toBe(
    redact(text, [SECRET]),
  )
})

it('without secrets nothing is held back', () => {
  expect(createStreamRedactor([]).push('now')).toBe('now')
})
