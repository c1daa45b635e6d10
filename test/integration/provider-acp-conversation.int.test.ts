import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FakeModelServer } from '../fake-model-server/server.ts'
import { expectSound, playStep } from '../helpers/conformance.ts'
import { acp } from '../helpers/conformance-subjects.ts'
import { eachWithModel, playTools, tool } from '../helpers/model-folder.ts'

let folder: string
let server: FakeModelServer
eachWithModel((made) => ({ folder, server } = made))

test('an agent that gives up over a refusal is told to go on without', async () => {
  server.play({
    rules: [
      {
        turns: [{ tools: [tool('edit_here', { path: 'a.txt', text: 'x' })] }, { text: 'Without it, then.' }],
      },
    ],
  })
  const played = await playStep(acp('throw', { PLAIN_GIVES_UP: '1' }), server, folder, {
    decide: async () => ({ allow: false, message: 'Not that file.' }),
  })
  expectSound(played)
  expect(played.result).toMatchObject({ status: 'completed', text: 'Without it, then.', turns: 2 })
  expect(JSON.stringify(server.requests.at(-1)?.body?.messages)).toContain('That was refused: Not that file.')
})

test('trap: settings for an agent that a repository holds are told before it begins', async () => {
  playTools(server)
  const quiet = await playStep(acp('throw'), server, folder)
  expect(quiet.events).not.toContainEqual(expect.objectContaining({ type: 'notice' }))
  const warned = await playStep(acp('throw'), server, folder, {
    before: (workspace) => writeFile(join(workspace, '.plain'), 'run: something'),
  })
  expect(warned.events[0]).toMatchObject({
    type: 'notice',
    level: 'warn',
    text: expect.stringContaining('.plain'),
  })
})

test('its plan is an event', async () => {
  const entries = [
    { content: 'Look', status: 'completed' },
    { content: 'Mend', status: 'in_progress' },
  ]
  playTools(server, tool('plan', { entries }))
  const played = await playStep(acp('throw'), server, folder)
  expect(played.events).toContainEqual({
    type: 'plan',
    entries: [
      { text: 'Look', status: 'completed' },
      { text: 'Mend', status: 'in_progress' },
    ],
  })
})

test('a conversation goes on after a crash, without telling its old words again', async () => {
  const remembered: string[] = []
  const host = { rememberSession: async (id: string) => void remembered.push(id) }
  const played = await playStep(acp('throw'), server, folder, { host, more: { sessionId: 'earlier' } })
  expect(played.result).toMatchObject({ status: 'completed', text: 'ok', sessionId: 'earlier' })
  expect(JSON.stringify(played.events)).not.toContain('an old word')
  expect(remembered).toEqual(['earlier'])
})

test('trap: settings that the protocol has no word for go with each conversation, new or not', async () => {
  for (const more of [{}, { sessionId: 'earlier' }]) await playStep(acp('throw'), server, folder, { more })
  const sent = server.requests.map(({ body }) => JSON.stringify(body).includes('settings'))
  expect(sent).toEqual([true, true])
})

test('a conversation that the agent has forgotten begins anew, and says so', async () => {
  const played = await playStep(acp('throw'), server, folder, { more: { sessionId: 'forgotten' } })
  expect(played.result).toMatchObject({ status: 'completed', text: 'ok' })
  expect(played.result.sessionId).not.toBe('forgotten')
  expect(played.events).toContainEqual(expect.objectContaining({ type: 'notice', level: 'warn' }))
})

test.each([
  ['at once', { PLAIN_DIES: '1' }, 'no such luck'],
  ['midway', {}, ''],
])('an agent that dies %s is a crash, with its last words', async (_when, env, words) => {
  playTools(server, tool('die', {}))
  const played = await playStep(acp('throw', env), server, folder)
  expectSound(played)
  expect(played.result).toMatchObject({ status: 'failed', failure: { kind: 'crashed', retryable: true } })
  expect(played.result.failure?.message).toContain(words)
})

test.each([
  ['1', 'plain-agent: no such luck'],
  ['silently', 'nothing, and it ended with exit code 3.'],
  ['usage', 'Usage: plain-agent [file]'],
])('an agent that does not even begin (%s) is told with what it said and what to do', async (way, said) => {
  const { result } = await playStep(acp('throw', { PLAIN_DIES: way }), server, folder)
  expect(result.failure?.message).toMatch(
    /did not begin to work\. Start it in a terminal to see what is wrong/,
  )
  expect(result.failure?.message).toContain(` It said: ${said}`)
})

test('an agent that ends without a word or a deed has not done the step', async () => {
  server.play({ default: { text: '' } })
  const played = await playStep(acp('throw'), server, folder)
  expect(played.result).toMatchObject({ status: 'failed', failure: { kind: 'bad_output' } })
})

test('a long answer that speaks of errors is an answer', async () => {
  const text = `I mended it. Errors of the API are now answered with 401 or 429, as asked. ${'More of it. '.repeat(80)}`
  server.play({ default: { text } })
  expect((await playStep(acp('words'), server, folder)).result.status).toBe('completed')
})

test('a schema is asked for in words, since the protocol has no other way', async () => {
  server.play({ default: { text: '{"status":"APPROVED"}' } })
  const outputSchema = { type: 'object', properties: { status: { type: 'string' } } }
  const played = await playStep(acp('throw'), server, folder, { phase: 'review', more: { outputSchema } })
  expect(played.result).toMatchObject({ status: 'completed', text: '{"status":"APPROVED"}' })
  expect(JSON.stringify(server.requests[0]?.body?.messages)).toContain('follows this JSON schema')
})
