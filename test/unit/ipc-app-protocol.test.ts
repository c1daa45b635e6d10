import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type AppResponse,
  answerAppRequest,
  FirstFiles,
  registerAppProtocol,
  type SchemeHost,
} from '#electron/app-protocol.ts'

let root = ''
beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-protocol-'))
  root = path.join(folder, 'renderer')
  await mkdir(path.join(root, 'assets'), { recursive: true })
  await writeFile(path.join(folder, 'secret.txt'), 'secret')
  await writeFile(path.join(root, 'index.html'), '<p>page</p>')
  await writeFile(path.join(root, 'assets', 'main ä.js'), 'run()')
})
afterAll(() => rm(path.dirname(root), { recursive: true, force: true }))

/** Nothing has tidied the path: the handler must not rely on that. */
const get = (address: string, method = 'GET') => answerAppRequest({ url: address, method }, root)

test('serves a file with its content type', async () => {
  const response = await get('app://rangers/assets/main%20%C3%A4.js')
  expect([response.statusCode, response.headers['Content-Type'], response.data.toString()]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    'run()',
  ])
})

test.for(['app://rangers/', 'app://rangers/boards/RNG', 'app://rangers/index.html'])(
  '%s is the page',
  async (address) => {
    const response = await get(address)
    expect([response.headers['Content-Type'], response.data.toString()]).toEqual([
      'text/html; charset=utf-8',
      '<p>page</p>',
    ])
  },
)

test('every answer forbids remote content, eval, frames and forms', async () => {
  for (const address of ['app://rangers/', 'app://rangers/none.js']) {
    const policy = (await get(address)).headers['Content-Security-Policy'] ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).toContain("connect-src 'self'")
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|unsafe-inline/)
  }
})

test.for([
  ['app://rangers/..%2fsecret.txt', 403],
  ['app://rangers/assets/..%2f..%2fsecret.txt', 403],
  ['app://rangers/%2e%2e%2fsecret.txt', 403],
  ['app://rangers/..%5csecret.txt', 403],
  ['app://rangers/a%00.js', 400],
  ['app://rangers/%E0%A4%A.js', 400],
  ['app://rangers/none.js', 404],
  ['app://elsewhere/index.html', 404],
  ['app://rangers.evil/index.html', 404],
] as const)('%s is refused with %i', async ([address, status]) => {
  expect((await get(address)).statusCode).toBe(status)
})

test('only reads', async () => {
  expect((await get('app://rangers/', 'POST')).statusCode).toBe(405)
  expect((await get('app://rangers/', 'HEAD')).data).toHaveLength(0)
})

test('tells when a page and all that it names have been given', async () => {
  const page = '<script src="./assets/page.js"></script><link rel="stylesheet" href="./assets/page.css">'
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-protocol-'))
  try {
    await mkdir(path.join(folder, 'assets'))
    await Promise.all([
      writeFile(path.join(folder, 'index.html'), page),
      writeFile(path.join(folder, 'assets', 'page.js'), 'run()'),
    ])
    let ask = (_address: string): Promise<AppResponse> => Promise.reject(new Error('nobody answers'))
    let isServed = false
    const host: SchemeHost = {
      registerBufferProtocol(_scheme, handler) {
        ask = (url) => new Promise((resolve) => handler({ url, method: 'GET' }, resolve))
        return true
      },
    }
    const served = registerAppProtocol(host, folder).files.then(() => {
      isServed = true
    })
    await ask('app://rangers/assets/page.js')
    await ask('app://rangers/')
    await new Promise(setImmediate)
    expect(isServed).toBe(false)
    await ask('app://rangers/assets/page.css') // also what is not there: it was asked for
    await served
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('the files of a start are given as they were when it began, each once', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-protocol-'))
  const script = path.join(folder, 'page.js')
  const ask = async (first: FirstFiles, address: string) =>
    (
      await answerAppRequest({ url: `app://rangers/${address}`, method: 'GET' }, folder, first)
    ).data.toString()
  try {
    const page = '<script src="./page.js"></script>'
    await Promise.all([writeFile(path.join(folder, 'index.html'), page), writeFile(script, 'old()')])
    const first = new FirstFiles(folder)
    expect([await ask(first, ''), await ask(first, 'page.js')]).toEqual([page, 'old()'])
    await writeFile(script, 'fresh()')
    expect(await ask(first, 'page.js')).toBe('fresh()')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
