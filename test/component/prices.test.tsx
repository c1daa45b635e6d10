import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { PricesSection } from '../../renderer/features/budgets/prices-section.tsx'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

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
