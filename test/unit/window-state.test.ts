import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openWindowState } from '../../electron/window-state.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rangers-windows-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const bounds = { x: 1, y: 2, width: 1000, height: 700 }
const file = () => path.join(folder, 'window.json')

describe('what is remembered of windows', () => {
  it('is where they were and what they showed', async () => {
    const state = openWindowState(folder)
    state.rememberWindows([{ bounds, hash: '#/inbox' }])
    await vi.waitFor(async () => expect(await readFile(file(), 'utf8')).toContain('#/inbox'))
    const again = openWindowState(folder)
    expect(again.bounds).toEqual(bounds)
    expect(again.windows).toEqual([{ bounds, hash: '#/inbox' }])
  })

  it.each([
    ['of an older app', JSON.stringify(bounds), bounds],
    ['that is broken', '{"bounds":', null],
    [
      'with a place that is none',
      JSON.stringify({ bounds, windows: [{ bounds, hash: 'https://x' }] }),
      bounds,
    ],
  ])('opens no further window from a file %s', async (_, text, known) => {
    await writeFile(file(), text)
    const state = openWindowState(folder)
    expect(state.windows).toEqual([])
    expect(state.bounds).toEqual(known)
  })
})
