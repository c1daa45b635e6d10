import { createTRPCClient } from '@trpc/client'
import { initTRPC, TRPCError } from '@trpc/server'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { servePort } from '#electron/ipc/serve.ts'
import { FIRST_CARDS } from '#shared/first-questions.ts'
import type { IpcPort } from '#shared/ipc.ts'
import { FirstAnswers } from '../../../renderer/lib/first-answers.ts'
import { firstAnswersLink } from '../../../renderer/lib/first-answers-link.ts'
import { ipcLink } from '../../../renderer/lib/ipc-link.ts'
import { PortClient } from '../../../renderer/lib/port-client.ts'
import { memoryPorts } from '../../helpers/memory-port.ts'

const BOARD = '01890000-0000-7000-8000-000000000001'
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

describe('what the first screen begins with', () => {
  it('is asked right behind the greeting, before the app has answered', async () => {
    const { client, heard } = openWindow({ deaf: true })
    new FirstAnswers().ask(client, `#/board/${BOARD}?label=x`)

    await expect.poll(() => heard).toEqual(['hello', 'settings.preferences', 'boards.open', 'boards.list'])
  })

  it('leaves the board away where the address leads to none', async () => {
    const { client, heard } = openWindow({ deaf: true })
    new FirstAnswers().ask(client, '#/inbox')

    await expect.poll(() => heard).toEqual(['hello', 'settings.preferences', 'boards.list'])
  })

  it('is given to the query that asks for it, once; the next one asks the app', async () => {
    const { api, first, client, asked } = openWindow()
    first.ask(client, `#/board/${BOARD}`)
    const input = { id: BOARD, per_column: FIRST_CARDS }

    expect(await api.boards.open.query(input)).toBe('board 1')
    expect(await api.boards.open.query(input)).toBe('board 2')
    expect(asked.open).toBe(2)
  })

  it('is asked anew by a query with another input', async () => {
    const { api, first, client } = openWindow()
    first.ask(client, `#/board/${BOARD}`)

    expect(await api.boards.open.query({ id: BOARD, per_column: 1 })).toMatch(/board/)
    expect(await api.boards.open.query({ id: BOARD, per_column: FIRST_CARDS })).toMatch(/board/)
  })

  it('fails as the app has said, without asking it again', async () => {
    const { api, first, client, asked } = openWindow()
    first.ask(client, '')

    await expect(api.settings.preferences.query()).rejects.toThrow('no database')
    expect(asked.preferences).toBe(1)
  })
})

/** A window's end of the link, and behind it an app that counts what it is asked. */
function openWindow({ deaf = false } = {}) {
  const asked = { open: 0, preferences: 0 }
  const { router, procedure } = initTRPC.create()
  const app = router({
    settings: router({
      preferences: procedure.query((): string => {
        asked.preferences += 1
        throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'no database' })
      }),
    }),
    boards: router({
      list: procedure.query(() => []),
      open: procedure
        .input(z.object({ id: z.string(), per_column: z.number() }))
        .query(() => `board ${++asked.open}`),
    }),
  })
  const heard: string[] = []
  const [ours, theirs] = memoryPorts()
  if (deaf) listen(ours, heard)
  else servePort({ router: app, port: ours, createContext: () => ({}) })
  const client = new PortClient({ connect: async () => theirs })
  closers.push(() => {
    client.close()
    ours.close()
  })
  const first = new FirstAnswers()
  const api = createTRPCClient<typeof app>({ links: [firstAnswersLink(first), ipcLink({ client })] })
  return { client, first, api, asked, heard }
}

function listen(port: IpcPort, heard: string[]): void {
  port.listen({
    frame(frame) {
      for (const message of frame as { t: string; path?: string }[]) heard.push(message.path ?? message.t)
    },
    closed: () => {},
  })
}
