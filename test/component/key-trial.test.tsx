import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { KeyTrial } from '#shared/provider.ts'
import { CredentialSection } from '../../renderer/features/settings/credential-section.tsx'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

async function openSection() {
  const board = new MemoryBoard()
  serveBoard(board)
  queryClient.clear()
  render(<CredentialSection />, { wrapper: InWindow })
  await screen.findByText('Not tried yet')
  return { board, user: userEvent.setup() }
}

it('a key is tried: it works, and nobody has to believe it before', async () => {
  const { board, user } = await openSection()
  const held = board.hold('settings.tryCredential')
  screen.getByRole('button', { name: 'Try it' }).focus()
  await user.keyboard('{Enter}')
  await screen.findByText('Asking the API for its models…')
  held.release()
  await screen.findByText('The API offers it 2 models.')
  await screen.findByText('Works')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Try again' }))
})

it.each<[string, KeyTrial]>([
  ['The API refused the key', { state: 'refused', reason: 'unknown_key' }],
  ['The account of the key has no credit left', { state: 'refused', reason: 'unpaid' }],
  ['The API could not be reached', { state: 'unreachable' }],
  ['The API answered nothing about the key', { state: 'unclear' }],
])('else why not is read out: %s', async (title, trial) => {
  const { board, user } = await openSection()
  board.trial = trial
  await user.click(screen.getByRole('button', { name: 'Try it' }))
  expect((await screen.findByRole('alert')).textContent).toContain(title)
})

it('who does not want to wait gives it up, and is at the button again', async () => {
  const { board, user } = await openSection()
  const held = board.hold('settings.tryCredential')
  await user.click(screen.getByRole('button', { name: 'Try it' }))
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull())
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Try it' }))
  expect(screen.queryByRole('alert')).toBeNull()
  held.release()
  expect(screen.getByText('Not tried yet')).toBeTruthy()
})
