import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type ConfinedContext, runConfined, spawnConfined } from '#electron/orchestrator/confined.ts'
import { openContainment } from '#electron/platform/containment.ts'
import { killTagged } from '#electron/platform/process-tree.ts'
import { createWorkspace } from '#electron/workspaces/create-workspace.ts'
import { gitIn, makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'

/** Skipped, visibly, where the system offers no bubblewrap: `apt-get install bubblewrap`. */
const hasBubblewrap =
  (await openContainment({ mode: 'auto', dataFolder: '/', instanceId: 'probe' }).sandbox.kind()) ===
  'bubblewrap'

let folder: { path: string; remove: () => Promise<void> }
let repo: string
let workspace: string
let ctx: ConfinedContext
let number = 0
let executionId: string
const signal = () => AbortSignal.timeout(25_000)

beforeEach(async () => {
  folder = await temporaryFolder()
  repo = await makeRepository(path.join(folder.path, 'repo'), { 'a.txt': 'a\n' })
  executionId = `sandbox-${process.pid}-${number++}`
  const dataFolder = path.join(folder.path, 'data')
  await mkdir(path.join(dataFolder, 'workspaces'), { recursive: true })
  await writeFile(path.join(dataFolder, 'credentials.json'), 'the key')
  const made = await createWorkspace({
    project: { path: repo, is_repository: true },
    root: path.join(dataFolder, 'workspaces'),
    executionId,
    branch: 'rangers/x-1',
    signal: signal(),
  })
  workspace = made.path
  const containment = openContainment({ mode: 'auto', dataFolder, instanceId: 'i' })
  ctx = { instanceId: 'i', config: { dataFolder }, containment } as unknown as ConfinedContext
})
afterEach(async () => {
  await killTagged({ executionId })
  await folder.remove()
})

const place = () => ({ workspace: { path: workspace }, row: { id: executionId } }) as never
const run = (command: string, network = false) =>
  runConfined(ctx, place(), { command, timeoutMs: 20_000, signal: signal(), network })

it('says that there is no sandbox where it is switched off', async () => {
  const { sandbox } = openContainment({ mode: 'off', dataFolder: folder.path, instanceId: 'i' })
  expect(await sandbox.kind()).toBe('none')
})

it.runIf(hasBubblewrap)(
  'trap: what a rule refuses is not shown to a process, whatever reads it',
  async () => {
    await mkdir(path.join(workspace, 'secrets/deep'), { recursive: true })
    await writeFile(path.join(workspace, 'secrets/deep/key.pem'), 'the very secret')
    await writeFile(path.join(workspace, 'a.txt'), 'the very secret')
    const refused = ['secrets', 'a.txt', 'gone.txt']
    const { output } = await runConfined(ctx, place(), {
      command:
        'cat a.txt secrets/deep/key.pem; ls -A secrets; echo x > a.txt; echo x > secrets/new; echo b > b.txt; ls',
      timeoutMs: 20_000,
      signal: signal(),
      refused,
    })
    expect(output).not.toContain('the very secret')
    expect(output).not.toContain('gone.txt')
    expect(await readFile(path.join(workspace, 'a.txt'), 'utf8')).toBe('the very secret')
    expect(await readFile(path.join(workspace, 'secrets/deep/key.pem'), 'utf8')).toBe('the very secret')
    expect(await readFile(path.join(workspace, 'b.txt'), 'utf8')).toBe('b\n')
  },
)

it.runIf(hasBubblewrap)('a command writes in its workspace and nowhere else', async () => {
  await writeFile(path.join(folder.path, 'outside.txt'), 'as it was')
  const { output, exitCode } = await run(
    [
      'echo in > in.txt && echo wrote-inside',
      `echo x > ${folder.path}/outside.txt`,
      `echo x > ${repo}/a.txt`,
      'echo x > /etc/rangers-test',
      'echo x > ~/.bashrc && echo home-is-empty',
      'ls ~/.ssh ~/.aws',
      'true',
    ].join('\n'),
  )
  expect(exitCode).toBe(0)
  expect(output).toContain('wrote-inside')
  expect(output).toContain('home-is-empty')
  expect(await readFile(path.join(workspace, 'in.txt'), 'utf8')).toBe('in\n')
  expect(await readFile(path.join(folder.path, 'outside.txt'), 'utf8')).toBe('as it was')
  expect(await readFile(path.join(repo, 'a.txt'), 'utf8')).toBe('a\n')
  await expect(readFile('/etc/rangers-test')).rejects.toThrow()
})

it.runIf(hasBubblewrap)('trap: nothing can be mounted anew from within, root or not', async () => {
  const { output } = await run(
    [
      'mount -o remount,bind,rw / && echo remounted',
      'mount -t tmpfs none /mnt && echo mounted',
      `umount ${path.join(workspace, '.git')} && echo unmounted`,
      'touch /etc/rangers-written && echo written && rm /etc/rangers-written',
      'true',
    ].join('\n'),
  )
  expect(output).not.toMatch(/^(re|un)?mounted$|^written$/m)
})

it.runIf(hasBubblewrap)('the app’s own data cannot be read', async () => {
  const { output } = await run(`cat ${folder.path}/data/credentials.json; ls ${folder.path}/data`)
  expect(output).not.toContain('the key')
})

it.runIf(hasBubblewrap)(
  'git works, and neither hooks, settings, other branches nor the workspace’s link can be changed',
  async () => {
    const before = await gitIn(repo, 'for-each-ref')
    const { output } = await run(
      [
        'git status --short && git log --oneline -1 && echo git-works',
        `echo 'exit 1' > ${repo}/.git/hooks/post-commit`,
        'git config core.fsmonitor "touch /tmp/pwned"',
        'git update-ref refs/heads/main HEAD~0 && git branch evil',
        'git stash -u',
        'rm -f .git; mv .git away; echo "gitdir: /tmp" > .git',
        'true',
      ].join('\n'),
    )
    expect(output).toContain('git-works')
    expect(await gitIn(repo, 'for-each-ref')).toBe(before)
    expect(await gitIn(repo, 'config', '--get-all', 'core.bare')).toBe('false')
    await expect(gitIn(repo, 'config', '--get', 'core.fsmonitor')).rejects.toThrow()
    await expect(readFile(path.join(repo, '.git/hooks/post-commit'))).rejects.toThrow()
    expect(await gitIn(workspace, 'branch', '--show-current')).toBe('rangers/x-1')
  },
)

let server: { url: string; close: () => void }
beforeAll(async () => {
  const made = createServer((_request, response) => response.end('reached'))
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  server = { url: `http://127.0.0.1:${(made.address() as AddressInfo).port}`, close: () => made.close() }
})
afterAll(() => server.close())

it.runIf(hasBubblewrap)('the network is there only where it is given', async () => {
  const fetch = `node -e "fetch('${server.url}').then(r=>r.text()).then(console.log,e=>console.log('cut off'))"`
  expect((await run(fetch)).output).toContain('cut off')
  expect((await run(fetch, true)).output).toContain('reached')
})

it.runIf(hasBubblewrap)(
  'what forgets its tags and its session ends with the command all the same',
  async () => {
    const mark = `${300 + process.pid}.${number}`
    await run(`env -i setsid sh -c 'env -i sleep ${mark} & env -i sleep ${mark}' >/dev/null 2>&1 & echo ok`)
    const { stdout } = await promisify(execFile)('ps', ['axww', '-o', 'args='])
    expect(stdout).not.toContain(`sleep ${mark}`)
  },
)

it.runIf(hasBubblewrap)(
  'trap: a folder cannot be read for being named in a command of an agent',
  async () => {
    const secret = path.join(folder.path, 'data', 'credentials.json')
    const tell = async (program: string, args: string[]) => {
      const options = { env: { PATH: process.env.PATH ?? '' }, isNamedByAgent: true }
      const started = await spawnConfined(ctx, place(), [program, args, options], signal())
      let said = ''
      started.stdout.on('data', (chunk: Buffer) => {
        said += chunk
      })
      await once(started.stdout, 'close')
      await started.kill()
      return said
    }
    expect(await tell('cat', [secret])).not.toContain('the key')
    expect(
      await tell('/bin/sh', ['-c', `${secret}; cd '${path.dirname(secret)}'; cat credentials.json`]),
    ).not.toContain('the key')
    expect(await tell('/bin/sh', ['-c', 'echo it-runs'])).toContain('it-runs')
  },
)

it.runIf(hasBubblewrap)(
  'a program of an agent in a step that only reads cannot write in the workspace either',
  async () => {
    const own = path.join(folder.path, 'data', 'agent')
    await mkdir(own)
    const script = `require('fs');for (const f of ['${workspace}/x.txt','${own}/x.txt']) try { require('fs').writeFileSync(f,'x'); console.log('wrote', f) } catch (e) { console.log(e.code, f) }`
    const started = await spawnConfined(
      ctx,
      place(),
      [
        process.execPath,
        ['-e', script],
        { env: { PATH: process.env.PATH ?? '' }, writable: [own], mayEdit: false },
      ],
      signal(),
    )
    let said = ''
    started.stdout.on('data', (chunk) => {
      said += String(chunk)
    })
    await started.exited
    await started.kill()
    expect(said).toContain(`EROFS ${workspace}/x.txt`)
    expect(said).toContain(`wrote ${own}/x.txt`)
  },
)
