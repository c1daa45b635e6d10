import { cleanup, configure, fireEvent, screen } from '@testing-library/react'
import { afterEach } from 'vitest'
import { installBridge } from './helpers/bridge.ts'
import { installLayout } from './helpers/layout.ts'

installBridge()
installLayout()
// The window has it, the Node that plays it here not yet.
Map.groupBy ??= <Key, Item>(items: Iterable<Item>, keyOf: (item: Item, index: number) => Key) => {
  const groups = new Map<Key, Item[]>()
  for (const [index, item] of [...items].entries()) {
    const key = keyOf(item, index)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}
configure({
  // For machines that do much else; a wait ends as soon as it can.
  asyncUtilTimeout: 10_000,
  // Without the whole page.
  getElementError: (message) => new Error(message ?? 'It is not there.'),
})

afterEach(() => {
  // Messages outlive the page that shows them.
  for (const button of screen.queryAllByLabelText('Dismiss')) fireEvent.click(button)
  cleanup()
})
