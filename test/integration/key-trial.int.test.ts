import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProviders } from '#electron/providers/registry.ts'
import { openCredentials } from '#electron/services/credentials.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { temporaryFolder } from '../helpers/git-fixture.ts'

const KEY = 'sk-ant-very-secret'
const MODELS = ['claude-opus-5-5', 'claude-sonnet-5-5']
const plain = {
  isAvailable: () => true,
  encrypt: (text: string) => Buffer.from(text),
  decrypt: (data: Buffer) => data.toString(),
}

let model: FakeModelServer
let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeEach(async () => {
  model = await startFakeModelServer({ scenario: { apiKeys: [KEY], models: MODELS } })
  folder = await temporaryFolder()
})
afterEach(async () => {
  await model.close()
  await folder.remove()
})

async function open({ key = KEY, baseUrl = model.url } = {}) {
  const credentials = await openCredentials({
    folder: folder.path,
    secrets: plain,
    environmentKey: undefined,
  })
  await credentials.store(key)
  const providers = createProviders({ credentials, baseUrl, folder: folder.path })
  return { credentials, tryKey: (signal = new AbortController().signal) => providers.tryKey(signal) }
}

describe('a key that is tried', () => {
  it('works, with so many models; the next key is untried again, the same one is not', async () => {
    const { credentials, tryKey } = await open()
    expect(credentials.status().proof).toBe('untried')
    expect(await tryKey()).toEqual({ state: 'works', models: 2 })
    expect(credentials.status().proof).toBe('works')
    await credentials.store(KEY)
    expect(credentials.status().proof).toBe('works')
    await credentials.store('sk-ant-another')
    expect(credentials.status().proof).toBe('untried')
  })

  it('is refused, and known as that', async () => {
    const { credentials, tryKey } = await open({ key: 'sk-ant-wrong-one' })
    expect(await tryKey()).toEqual({ state: 'refused', reason: 'unknown_key' })
    expect(credentials.status().proof).toBe('refused')
  })

  it('remains untried where the API cannot be reached, and where it says nothing of it', async () => {
    const away = await open({ baseUrl: 'http://127.0.0.1:9' })
    expect(await away.tryKey()).toEqual({ state: 'unreachable' })
    expect(away.credentials.status().proof).toBe('untried')
    model.play({ apiKeys: [KEY] }) // it has no such list
    const { credentials, tryKey } = await open()
    expect(await tryKey()).toEqual({ state: 'unclear' })
    expect(credentials.status().proof).toBe('untried')
  })

  it('is not asked about any more once that is given up', async () => {
    const { tryKey } = await open()
    const end = new AbortController()
    end.abort(new Error('given up'))
    await expect(tryKey(end.signal)).rejects.toThrow('given up')
  })

  it('must be there', async () => {
    const { credentials, tryKey } = await open()
    await credentials.clear()
    await expect(tryKey()).rejects.toThrow('There is no key to try.')
    expect(model.requests).toEqual([])
  })
})
