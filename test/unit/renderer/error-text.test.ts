import { TRPCClientError } from '@trpc/client'
import { describe, expect, it } from 'vitest'
import { errorFacts, errorText, isCancelled } from '../../../renderer/lib/error-text.ts'
import { failureError } from '../../../renderer/lib/link-failure.ts'

function refused(code: string, detail: unknown, fields: unknown = null): unknown {
  return TRPCClientError.from({ error: { code: -32000, message: 'm', data: { code, detail, fields } } })
}

describe('an error as a sentence', () => {
  it('is the detail of ours, which says what to do', () => {
    expect(
      errorText(
        refused('PRECONDITION_FAILED', { error: 'EXECUTION_ACTIVE', message: 'Agents are at work.' }),
      ),
    ).toBe('Agents are at work.')
  })

  it('leaves the id out and adds the next step when something is gone', () => {
    const gone = (noun: string) =>
      refused('NOT_FOUND', `${noun} 01980000-0000-7000-8000-000000000001 not found`)
    expect(['Task', 'Execution', 'Board'].map((noun) => errorText(gone(noun)))).toEqual([
      'Card not found. It may have been deleted in another window.',
      'Run not found. It may have been deleted in another window.',
      'Board not found. It may have been deleted in another window.',
    ])
  })

  it('tells who won a conflict', () => {
    const detail = { error: 'VERSION_CONFLICT', message: 'Task was modified by another user' }
    expect(errorText(refused('CONFLICT', detail))).toMatch(/^Somebody changed this card first\./)
  })

  it('says how to go on after a bug', () => {
    expect(errorText(refused('INTERNAL_SERVER_ERROR', 'Something broke. The details are in the log.'))).toBe(
      'Something broke. The details are in the log. Try again; if it happens again, restart Agent Rangers.',
    )
  })

  it('is the link’s own sentence when the connection was lost', () => {
    expect(errorText(failureError('LOST'))).toMatch(
      /^The connection to the app was lost before it answered\./,
    )
  })

  it('is a sentence even for what is no error', () => {
    expect([errorText('what'), errorText(new Error('Broken'))]).toEqual(['Something went wrong.', 'Broken.'])
  })
})

describe('what is known of an error', () => {
  it('is its code, our reason and the fields', () => {
    const fields = { name: ['A board needs a name.'] }
    expect(errorFacts(refused('BAD_REQUEST', { error: 'X', message: 'y' }, fields))).toEqual({
      code: 'BAD_REQUEST',
      reason: 'X',
      fields,
    })
  })

  it('tells a cancelled call from a failed one', () => {
    const aborted = TRPCClientError.from(new DOMException('stop', 'AbortError') as unknown as Error)
    expect([isCancelled(aborted), isCancelled(refused('NOT_FOUND', 'x'))]).toEqual([true, false])
  })
})
