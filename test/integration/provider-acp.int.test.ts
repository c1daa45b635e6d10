import { once } from 'node:events'
import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { programVersion } from '#electron/platform/find-program.ts'
import { findTagged } from '#electron/platform/process-table.ts'
import { TAG_NAMES } from '#electron/platform/process-tree.ts'
import { createAcpProvider } from '#electron/providers/acp/acp.ts'
import type { AcpAgent } from '#electron/providers/acp/agent.ts'
import type { HostProcess } from '#electron/providers/provider.ts'
import { createProviders } from '#electron/providers/registry.ts'
import type { FakeModelServer } from '../fake-model-server/server.ts'
import { expectSound, playStep, readOrNull } from '../helpers/conformance.ts'
import { acp, plainAgent } from '../helpers/conformance-subjects.ts'
import { eachWithModel, playTools, tool } from '../helpers/model-folder.ts'
import { testProcessHost } from '../helpers/test-process-host.ts'

let folder: string
let server: FakeModelServer
eachWithModel((made) => ({ folder, server } = made))

test('a command runs in a terminal of ours, asked for, and its output reaches agent and card', async () => {
  playTools(server, tool('run', { command: 'cat README.md && echo and more' }))
  const played = await playStep(acp('throw'), server, folder)
  expectSound(played)
  expect(played.asks).toMatchObject([{ kind: 'execute', detail: 'cat README.md && echo and more' }])
  expect(played.events).toContainEqual(
    expect.objectContaining({ type: 'tool', kind: 'execute', status: 'done', output: 'Sums.\nand more\n' }),
  )
  expect(JSON.stringify(server.requests.at(-1)?.body?.messages)).toContain('and more')
})

test('a command that is started while its step is cancelled does not outlive the step', async () => {
  playTools(server, tool('run', { command: 'sleep', args: ['600'] }))
  const played = await playStep(acp('throw'), server, folder, {
    spawn: (start, { stop }) => {
      let agent: HostProcess | null = null
      return async (...wanted) => {
        if (!agent) {
          agent = await start(...wanted)
          return agent
        }
        const itsEnd = once(agent.stdout as Readable, 'data') // that its turn was cancelled
        stop.abort()
        await itsEnd
        return start(...wanted)
      }
    },
  })
  expectSound(played)
  expect(played.result.status).toBe('cancelled')
})

test('a command of the agent’s own, in a session of its own, does not outlive the step', async () => {
  let id = ''
  playTools(server, tool('sleep', {}))
  const played = await playStep(acp('throw'), server, folder, {
    spawn: (start, { executionId }) => {
      id = executionId
      return start
    },
    meanwhile: async (stop) => {
      const running = async () => (await findTagged(TAG_NAMES.executionId, id)).length
      await expect.poll(running, { timeout: 20_000 }).toBe(2)
      stop.abort()
    },
  })
  expectSound(played)
  expect(played.result.status).toBe('cancelled')
})

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

test('with the app’s key an agent sees the gateway, a home of its own and none of our environment', async () => {
  process.env.RANGERS_TEST_SECRET = 'must-not-be-seen'
  const host = testProcessHost('environment', folder)
  const played = await playStep(acp('throw'), server, folder, {
    phase: 'review',
    host: { spawn: host.spawn },
  })
  delete process.env.RANGERS_TEST_SECRET
  expect(played.result.status).toBe('completed')
  const [started] = host.started
  expect(started?.mayEdit).toBe(false)
  expect(started?.env).toMatchObject({
    ANTHROPIC_BASE_URL: server.url,
    ANTHROPIC_API_KEY: 'token-of-this-execution',
    HOME: expect.stringContaining(join(folder, 'agents', 'acp-plain')),
  })
  expect(JSON.stringify(started?.env)).not.toContain('must-not-be-seen')
})

test('without a key it uses the person’s own login, its costs are estimates, and no gateway is opened', async () => {
  const host = testProcessHost('login', folder)
  await mkdir(join(folder, 'agents'), { recursive: true })
  const agent: AcpAgent = plainAgent({ ANTHROPIC_BASE_URL: server.url })
  const subject = {
    ...acp('throw'),
    provider: async () =>
      createAcpProvider(agent, {
        folder: join(folder, 'agents'),
        find: async () => ({ path: process.execPath, version: null }),
        hasKey: () => false,
        newId: () => 'id',
        version: '0.0.0',
      }),
  }
  const gateway = () => Promise.reject(new Error('no gateway was wanted'))
  const played = await playStep(subject, server, folder, { host: { spawn: host.spawn, gateway } })
  expect(played.result).toMatchObject({ status: 'completed', costIsEstimate: true })
  expect(host.started[0]?.env.HOME).toBe(homedir())
})

test('an agent that is not installed is a failure that says how to install it', async () => {
  const provider = createAcpProvider(plainAgent(), {
    folder,
    find: async () => null,
    hasKey: () => true,
    newId: () => 'id',
    version: '0.0.0',
  })
  expect(await provider.status()).toMatchObject({ available: false })
  const played = await playStep({ ...acp('throw'), provider: async () => provider }, server, folder)
  expect(played.result).toMatchObject({
    status: 'failed',
    failure: { kind: 'not_installed', message: expect.stringContaining('npm install plain-agent') },
  })
})

test('a program that waits for more words before it tells its version is told that there are none', async () => {
  const path = join(folder, 'waits')
  await writeFile(path, '#!/bin/sh\ncat > /dev/null\necho 3.4.5\n')
  await chmod(path, 0o755)
  expect(await programVersion(path, ['--version'], new AbortController().signal)).toBe('3.4.5')
})

test('the catalogue tells which agents are here, with their versions, and how to have the others', async () => {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await writeFile(join(bin, 'plain-agent'), `#!/bin/sh\nenv > "${folder}/seen"\necho plain-agent 1.2.3\n`)
  await chmod(join(bin, 'plain-agent'), 0o755)
  const path = process.env.PATH
  process.env.PATH = `${bin}:${path}`
  process.env.RANGERS_TEST_SECRET = 'must-not-be-seen'
  try {
    const missing: AcpAgent = {
      ...plainAgent(),
      id: 'acp:missing',
      program: 'no-such-program-anywhere',
      nodeAtLeast: 99,
    }
    const providers = createProviders({
      credentials: { key: () => null },
      folder,
      agents: [plainAgent(), missing],
    })
    const signal = new AbortController().signal
    const list = await providers.catalogue({ refresh: false }, signal)
    expect(list.map(({ id }) => id)).toEqual([
      'anthropic',
      'claude-agent',
      'acp:plain',
      'acp:missing',
      'scripted',
    ])
    expect(list[2]).toMatchObject({
      available: true,
      found: { path: join(bin, 'plain-agent'), version: '1.2.3' },
      access: 'login',
      message: 'Plain 1.2.3, with your own login.',
    })
    expect(list[3]).toMatchObject({
      available: false,
      found: null,
      install_command: 'npm install plain-agent',
    })
    expect(list[3]?.message).toContain('It needs Node 99 or newer')
    expect((await providers.statuses()).map(({ id }) => id)).toContain('acp:plain')
    expect(await readFile(join(folder, 'seen'), 'utf8')).not.toContain('must-not-be-seen')
  } finally {
    process.env.PATH = path
    delete process.env.RANGERS_TEST_SECRET
  }
})
