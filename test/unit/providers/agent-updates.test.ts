import type { SessionNotification } from '@agentclientprotocol/sdk'
import { expect, test } from 'vitest'
import { AgentUpdates } from '#electron/providers/acp/updates.ts'
import type { ProviderEvent } from '#electron/providers/provider.ts'

function listen() {
  const events: ProviderEvent[] = []
  const updates = new AgentUpdates({
    workspace: '/work',
    model: 'agent',
    newId: () => 'id',
    emit: (event) => events.push(event),
    outputOf: () => null,
  })
  const take = (update: object) => updates.take({ sessionId: 's', update } as unknown as SessionNotification)
  return { events, updates, take }
}

test('trap: an agent that talks without end is heard up to a limit, and that there was more is said once', () => {
  const { events, take } = listen()
  const text = 'x'.repeat(1_000_000)
  for (let count = 0; count < 300; count += 1)
    take({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } })
  for (let count = 0; count < 100; count += 1)
    take({ sessionUpdate: 'tool_call', toolCallId: `t${count}`, title: text })
  const told = events.filter(({ type }) => type === 'text').length
  expect(told).toBeGreaterThan(90)
  expect(told).toBeLessThan(101)
  expect(events.filter(({ type }) => type !== 'text')).toEqual([
    { type: 'notice', level: 'warn', text: expect.stringContaining('the rest of this step is not kept') },
  ])
})

test.each([
  ['less than nothing', -1000, 0],
  ['more than there is', 1e308, 10_000],
])('trap: an agent that says it cost %s does not change what a month may cost', (_what, amount, counted) => {
  const { updates, take } = listen()
  take({ sessionUpdate: 'usage_update', used: 1, size: 2, cost: { amount, currency: 'USD' } })
  expect(updates.costUsd).toBe(counted)
})

test('trap: what an agent said that it cost does not become less', () => {
  const { updates, take } = listen()
  for (const amount of [3, 1])
    take({ sessionUpdate: 'usage_update', used: 1, size: 2, cost: { amount, currency: 'USD' } })
  expect(updates.costUsd).toBe(3)
})
