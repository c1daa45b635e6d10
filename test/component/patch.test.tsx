import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { Patch } from '../../renderer/ui/patch.tsx'

const patchOf = (lines: readonly string[]) =>
  [
    'diff --git a/a.ts b/a.ts',
    'new file mode 100644',
    'index 0000000..1111111',
    '--- /dev/null',
    '+++ b/a.ts',
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    '',
  ].join('\n')

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `line${at + 1}`)
const drawn = () => document.querySelectorAll('.diff-line').length

it('a long patch is drawn a part at a time, and the focus stays in it at its end', async () => {
  render(<Patch text={patchOf(numbered(3000))} path="a.txt" view="unified" writing={null} onLine={null} />)
  expect(drawn()).toBe(2000)
  screen.getByText('2,000 of 3,000 lines are shown.')
  await userEvent.click(screen.getByRole('button', { name: 'Show more lines' }))
  expect(drawn()).toBe(3000)
  expect(screen.queryByRole('button', { name: 'Show more lines' })).toBeNull()
  expect(document.activeElement).toBe(screen.getByRole('table').parentElement)
}, 30_000)

it('what is said to a line further down is in sight at once', () => {
  const notes = new Map([[2500, <p key="note">Why so?</p>]])
  render(
    <Patch
      text={patchOf(numbered(3000))}
      path="a.txt"
      view="unified"
      writing={null}
      notes={notes}
      onLine={null}
    />,
  )
  screen.getByText('Why so?')
  screen.getByText('2,500 of 3,000 lines are shown.')
}, 30_000)

it('of a line that is very long, the beginning is drawn, and that it goes on', () => {
  render(
    <Patch
      text={patchOf(['f();'.repeat(75_000), 'end()'])}
      path="a.js"
      view="unified"
      writing={null}
      onLine={null}
    />,
  )
  const [long, end] = [...document.querySelectorAll('.diff-code')].map((cell) => cell.textContent ?? '')
  expect(long).toBe(`${'f();'.repeat(500)} … (the line goes on)`)
  expect(end).toBe('end()')
})

it('a patch without a line says that there is none', () => {
  render(<Patch text="" path="a.js" view="unified" writing={null} onLine={null} />)
  screen.getByText('No lines were changed, only the file’s name or its permissions.')
})
