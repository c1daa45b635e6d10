import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { PricesSection } from '../../renderer/features/budgets/prices-section.tsx'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

beforeEach(() => queryClient.clear())

const PRICE = {
  model: 'claude-one',
  input_usd: 3,
  output_usd: 15,
  cache_read_usd: 0.3,
  cache_write_usd: 3.75,
  source: 'list',
  as_of: '2026-01-01',
  is_edited: false,
}

it('a price that is refused stays as it was typed, and is set once it can be', async () => {
  const board = new MemoryBoard()
  board.prices = [PRICE]
  board.refusal = 'The database cannot be reached.'
  serveBoard(board)
  render(<PricesSection />, { wrapper: InWindow })
  const user = userEvent.setup()
  const [field] = await screen.findAllByRole('textbox')
  if (!field) throw new Error('The row has no fields')
  await user.clear(field)
  await user.type(field, 'much')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByRole('button', { name: 'Set' })).toHaveProperty('disabled', true)
  await user.clear(field)
  await user.type(field, '4,50{Enter}')
  await screen.findByText('The database cannot be reached.')
  expect(field).toHaveProperty('value', '4,50')

  board.refusal = null
  await user.click(screen.getByRole('button', { name: 'Set' }))
  await waitFor(() => expect(field).toHaveProperty('value', '4.5'))
  expect(board.prices).toMatchObject([{ input_usd: 4.5, output_usd: 15 }])
  expect(screen.queryByRole('button', { name: 'Set' })).toBeNull()
})

it('a model without a price gets one in its row, which stays one row with the focus in it', async () => {
  const board = new MemoryBoard()
  board.prices = [PRICE, { ...PRICE, model: 'zeta' }]
  board.unpriced = ['strange-model']
  serveBoard(board)
  const { container } = render(<PricesSection />, { wrapper: InWindow })
  const seen = new Set<number>()
  new MutationObserver(() => {
    seen.add(container.querySelectorAll('tbody tr').length)
  }).observe(container, { childList: true, subtree: true })
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Set that of strange-model' }))
  const field = screen.getByRole('textbox', { name: 'In of strange-model' })
  expect(document.activeElement).toBe(field)
  await user.clear(field)
  await user.type(field, '-1')
  expect(screen.getByRole('alert').textContent).toBe('An amount from 0 to 1,000,000.')
  await user.clear(field)
  await user.type(field, '2')
  await user.click(screen.getByRole('button', { name: 'Set' }))
  await screen.findByText('Set by hand, 2026-02-03')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Set' })).toBeNull())
  expect(screen.getAllByRole('row').map((row) => row.querySelector('th')?.textContent)).toEqual([
    'Model',
    'claude-one',
    'strange-model',
    'zeta',
  ])
  expect(document.activeElement).toBe(field)
  expect([...seen].sort()).toEqual([2, 3])
})
