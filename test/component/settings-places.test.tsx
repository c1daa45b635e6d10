import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { usePaletteSettings } from '../../renderer/app/use-palette-settings.tsx'
import { Palette } from '../../renderer/features/palette/palette.tsx'
import { SettingsPage } from '../../renderer/features/settings/settings-page.tsx'
import { openPalette } from '../../renderer/lib/actions/palette-state.ts'
import { navigate, useRoute } from '../../renderer/lib/route.ts'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

function Window() {
  const route = useRoute()
  usePaletteSettings()
  return (
    <>
      {route.page === 'settings' && <SettingsPage section={route.section} />}
      <Palette />
    </>
  )
}

function openSettings(section: 'log' | null) {
  serveBoard(new MemoryBoard())
  queryClient.clear()
  navigate({ page: 'settings', section })
  render(<Window />, { wrapper: InWindow })
  return userEvent.setup()
}

/** Each section is so high here, in CSS pixels. */
const HIGH = 300

/** The page is scrolled by hand to so many pixels. */
function scrollByHand(top: number): void {
  const main = screen.getByRole('main')
  for (const [index, part] of document.querySelectorAll<HTMLElement>('[data-section]').entries())
    part.getBoundingClientRect = () =>
      new DOMRect(0, main.getBoundingClientRect().top + index * HIGH - top, 1, HIGH)
  fireEvent.wheel(main)
  fireEvent.scroll(main)
}

const current = () => document.querySelector('nav [aria-current]')?.textContent
const isAt = (title: string) =>
  waitFor(() => {
    expect(document.activeElement?.tagName).toBe('H2')
    expect(document.activeElement?.textContent).toBe(title)
    expect(current()).toBe(title)
  })

it('an address leads to its section, whose heading is read out', async () => {
  openSettings('log')
  await isAt('Log')
})

it('links and the palette lead from section to section, also to the one that was scrolled away', async () => {
  const user = openSettings(null)
  const sections = screen.getByRole('navigation', { name: 'Sections of the settings' })
  expect(current()).toBe('You')
  expect(document.activeElement).toBe(document.body)

  await user.click(within(sections).getByRole('link', { name: 'Appearance' }))
  await isAt('Appearance')
  expect(location.hash).toBe('#/settings/appearance')
  act(() => (document.activeElement as HTMLElement).blur())
  await user.click(within(sections).getByRole('link', { name: 'Appearance' }))
  await isAt('Appearance')

  act(() => openPalette())
  await user.keyboard('restore')
  const found = await screen.findByRole('option', { name: 'Backups' })
  expect(found.getAttribute('aria-selected')).toBe('true')
  await user.keyboard('{Enter}')
  await isAt('Backups')
  expect(location.hash).toBe('#/settings/backups')
})

it('what is seen is the current one, and the address follows; the focus does not', async () => {
  openSettings('log')
  await isAt('Log')
  act(() => scrollByHand(2 * HIGH))
  expect(current()).toBe('Agents')
  expect(location.hash).toBe('#/settings/agents')
  expect(document.activeElement?.textContent).toBe('Log')
  act(() => scrollByHand(0))
  expect(current()).toBe('You')
  expect(location.hash).toBe('#/settings')
})

it('every section has a heading that is called as its link', () => {
  openSettings(null)
  const links = [...document.querySelectorAll('nav a')].map((link) => link.textContent)
  const heads = [...document.querySelectorAll('[data-section]')].map(
    (part) => part.querySelector('h2')?.textContent,
  )
  expect(links).toEqual(heads)
})
