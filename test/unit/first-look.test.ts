import { expect, it } from 'vitest'
import { DEFAULT_FIRST_LOOK, firstLookOf } from '#shared/first-look.ts'
import { DEFAULT_PREFERENCES, Preferences } from '#shared/preferences.ts'
import { SIDEBAR_WIDTH } from '#shared/sidebar.ts'

const { least, most } = SIDEBAR_WIDTH

it.each([
  { theme: 'dark' },
  { theme: 'sepia' },
  { sidebar_open: false },
  { sidebar_open: 'no' },
  ...[least - 1, least, 200.5, most, most + 1, null, '200', Number.NaN].map((sidebar_width) => ({
    sidebar_width,
  })),
])('takes of %j what the schema of preferences takes', (stored) => {
  const [[key, value]] = Object.entries(stored) as [[keyof typeof DEFAULT_FIRST_LOOK, unknown]]
  const { success } = Preferences.shape[key].safeParse(value)
  expect(firstLookOf(stored)).toEqual({ ...DEFAULT_FIRST_LOOK, ...(success && { [key]: value }) })
})

it('is the default of the preferences where nothing is stored', () => {
  expect(DEFAULT_PREFERENCES).toMatchObject(firstLookOf({}))
})
