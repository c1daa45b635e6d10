import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createAcpProvider } from '#electron/providers/acp/acp.ts'
import type { AcpAgent } from '#electron/providers/acp/agent.ts'
import type { FakeModelServer } from '../fake-model-server/server.ts'
import { expectSound, playStep, readOrNull } from '../helpers/conformance.ts'
import { acp, plainAgent } from '../helpers/conformance-subjects.ts'
import { eachWithModel, playTools, tool } from '../helpers/model-folder.ts'

let folder: string
let server: FakeModelServer
eachWithModel((made) => ({ folder, server } = made))

test('trap: a file that is not there is said to be missing; any other error would end the turn', async () => {
  playTools(server, tool('read_file', { path: 'no.txt' }))
  const played = await playStep(acp('throw'), server, folder)
  expect(played.result).toMatchObject({ status: 'completed', text: 'Done.' })
  expect(JSON.stringify(server.requests.at(-1)?.body?.messages)).toMatch(/not found/i)
})

test('trap: “always” is never chosen: a permission holds for the file that it was given for, once', async () => {
  playTools(server, tool('edit_here', { path: 'a.txt', text: 'x' }))
  const played = await playStep(acp('throw'), server, folder)
  expectSound(played)
  expect(played.asks).toMatchObject([{ kind: 'edit', paths: ['a.txt'] }])
  expect(played.changes).toEqual([expect.stringMatching(/^\+x$/m)])
  expect(await readOrNull(join(played.workspace, 'a.txt'))).toBe('x')
})

test('trap: a file that a rule refuses is not read for an agent either', async () => {
  playTools(server, tool('read_file', { path: 'secrets/key.pem' }), tool('read_file', { path: 'README.md' }))
  const played = await playStep(acp('throw'), server, folder, {
    before: async (workspace) => {
      await mkdir(join(workspace, 'secrets'))
      await writeFile(join(workspace, 'secrets', 'key.pem'), 'the very secret')
    },
    host: { refused: async (paths) => new Set(paths.filter((path) => path.startsWith('secrets/'))) },
  })
  expectSound(played)
  const told = JSON.stringify([server.requests, played.events])
  expect(told).toContain('Sums.')
  expect(told).not.toContain('the very secret')
})

test('trap: a leave to look at a file is none to write it, in a step that only reads', async () => {
  playTools(
    server,
    tool('permission', { kind: 'read', path: 'README.md', rawInput: { path: 'README.md' } }),
    tool('write_file', { path: 'README.md', text: 'changed by a reviewer' }),
  )
  const played = await playStep(acp('throw'), server, folder, { phase: 'review' })
  expectSound(played)
  expect(await readOrNull(join(played.workspace, 'README.md'))).toBe('Sums.\n')
})

test('trap: a thought with a command in it is no leave to run that command', async () => {
  playTools(
    server,
    tool('permission', { kind: 'think', rawInput: { command: 'touch pwned' } }),
    tool('run', { command: 'touch pwned' }),
  )
  const played = await playStep(acp('throw'), server, folder, {
    decide: async ({ kind }) => (kind === 'think' ? { allow: true } : { allow: false, message: 'No.' }),
  })
  expectSound(played)
  expect(played.asks.map(({ kind }) => kind)).toEqual(['think', 'execute'])
  expect(await readOrNull(join(played.workspace, 'pwned'))).toBeNull()
})

test('trap: a file that it was allowed to write once is asked about when it is written again', async () => {
  playTools(
    server,
    tool('permission', { kind: 'edit', path: 'a.txt', rawInput: { path: 'a.txt' } }),
    tool('write_file', { path: 'a.txt', text: 'once' }),
    tool('write_file', { path: 'a.txt', text: 'twice' }),
  )
  let asked = 0
  const played = await playStep(acp('throw'), server, folder, {
    decide: async () => {
      asked += 1
      return asked === 1 ? { allow: true } : { allow: false, message: 'Once.' }
    },
  })
  expect(asked).toBe(2)
  expect(await readOrNull(join(played.workspace, 'a.txt'))).toBe('once')
})

test('trap: the line that is asked about is what runs: arguments stay words, variables and the folder are in it', async () => {
  playTools(
    server,
    tool('run', { command: 'make', args: ['build', '#', '--eval=x'] }),
    tool('run', { command: 'node', args: ['-v'], env: [{ name: 'NODE_OPTIONS', value: '-r ./evil.js' }] }),
    tool('run', { command: 'npm test', cwd: '.git/../sub dir' }),
  )
  const played = await playStep(acp('throw'), server, folder, {
    before: async (workspace) => void (await mkdir(join(workspace, 'sub dir'))),
    decide: async () => ({ allow: false, message: 'No.' }),
  })
  expect(played.asks.map(({ detail }) => detail)).toEqual([
    "make build '#' --eval=x",
    "NODE_OPTIONS='-r ./evil.js' node -v",
    "cd 'sub dir' && npm test",
  ])
})

test('trap: what it names in a command is not opened to that command', async () => {
  playTools(server, tool('run', { command: 'cat', args: ['/home/pat/.ssh/id_rsa'] }))
  const named: (boolean | undefined)[] = []
  await playStep(acp('throw'), server, folder, {
    spawn: (start) => (program, args, options) => {
      named.push(options.isNamedByAgent)
      return start(program, args, options)
    },
  })
  expect(named).toEqual([undefined, true])
})

test('trap: what an agent leaves in its home is not there for another execution, nor for its own reviewer', async () => {
  const homes: string[] = []
  const look = (executionId: string, phase: 'development' | 'review') =>
    playStep(acp('throw'), server, folder, {
      phase,
      more: { executionId },
      spawn: (start) => (program, args, options) => {
        homes.push(options.env.HOME ?? '')
        return start(program, args, options)
      },
    })
  await look('one', 'development')
  await look('one', 'review')
  await look('two', 'development')
  expect(new Set(homes).size).toBe(3)
  for (const home of homes) await expect(stat(home)).rejects.toThrow() // nobody goes on with them
})

test('trap: settings for an agent are not written through a link that it has left in its home', async () => {
  const outside = join(folder, 'settings of the person')
  await writeFile(outside, 'as they were')
  const agent: AcpAgent = plainAgent()
  const withSettings: AcpAgent = {
    ...agent,
    setUp: (place) => ({ ...agent.setUp(place), files: { 'plain/settings.json': '{}' } }),
  }
  const home = join(folder, 'agents', 'acp-plain', 'linked-edit')
  await mkdir(join(home, 'plain'), { recursive: true })
  await symlink(outside, join(home, 'plain', 'settings.json'))
  const subject = {
    ...acp('throw'),
    provider: async () =>
      createAcpProvider(withSettings, {
        folder: join(folder, 'agents'),
        find: async () => ({ path: process.execPath, version: null }),
        hasKey: () => true,
        newId: () => 'id',
        version: '0.0.0',
      }),
  }
  const played = await playStep(subject, server, folder, { more: { executionId: 'linked' } })
  expect(played.result.status).toBe('failed')
  expect(await readFile(outside, 'utf8')).toBe('as they were')
})
