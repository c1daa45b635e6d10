import { once } from 'node:events'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
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
import { expectSound, playStep } from '../helpers/conformance.ts'
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
