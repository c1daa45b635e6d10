import { expect, test } from 'vitest'
import { refusal } from '#electron/ipc/sender.ts'
import { placeWindow } from '#electron/window-bounds.ts'
import { externalLink, isOwnPage } from '#electron/window-links.ts'

const mainFrame = { origin: 'app://rangers' }
const policy = { origins: ['app://rangers'], isTrusted: (): boolean => true }

test('the main frame of one of our windows, on our origin, gets a port', () => {
  expect(refusal({ sender: { mainFrame }, senderFrame: mainFrame }, policy)).toBeNull()
})

test.for([
  ['a frame that is gone', { sender: { mainFrame }, senderFrame: null }, policy],
  ['a subframe', { sender: { mainFrame }, senderFrame: { origin: 'app://rangers' } }, policy],
  [
    'an unregistered window',
    { sender: { mainFrame }, senderFrame: mainFrame },
    { ...policy, isTrusted: (): boolean => false },
  ],
] as const)('%s gets none', ([, event, rules]) => {
  expect(refusal(event, rules)).not.toBeNull()
})

test.for(['https://evil.example', 'app://other', 'null', 'app://rangers.evil', 'http://localhost:5173'])(
  'a page of %s gets none',
  (origin) => {
    const frame = { origin }
    expect(refusal({ sender: { mainFrame: frame }, senderFrame: frame }, policy)).toContain(origin)
  },
)

test('an https link may go to the browser', () => {
  expect(externalLink('https://example.com/a?b#c')).toBe('https://example.com/a?b#c')
})

test.for([
  'http://example.com',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://bank.example@evil.example/',
  'vscode://open',
  'no address',
  `https://example.com/${'a'.repeat(3000)}`,
])('%s may not', (address) => {
  expect(externalLink(address)).toBeNull()
})

test.for([
  ['app://rangers/boards/1', true],
  ['app://other/', false],
  ['https://rangers/', false],
  ['app://rangers.evil/', false],
] as const)('%s is a page of the app: %s', ([address, own]) => {
  expect(isOwnPage(address, 'app://rangers/')).toBe(own)
})

const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]

test('a window opens where the last one was', () => {
  const bounds = { x: 100, y: 50, width: 1000, height: 700 }
  expect(placeWindow(bounds, screens, null)).toEqual(bounds)
})

test('a place on a screen that is gone is not used', () => {
  const bounds = { x: 3000, y: 50, width: 1000, height: 700 }
  expect(placeWindow(bounds, screens, null)).toEqual({ width: 1280, height: 800 })
})

test('a second window opens beside the first', () => {
  const open = { x: 100, y: 50, width: 1000, height: 700 }
  expect(placeWindow(null, screens, open)).toEqual({ x: 128, y: 78, width: 1000, height: 700 })
})

test('a window is never smaller than its least size, and fits a small screen otherwise', () => {
  expect(placeWindow({ x: 0, y: 0, width: 300, height: 300 }, screens, null)).toMatchObject({
    width: 900,
    height: 600,
  })
  expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 700 }], null)).toEqual({
    width: 1024,
    height: 700,
  })
})
