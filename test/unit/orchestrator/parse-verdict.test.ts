import { expect, it } from 'vitest'
import { parseVerdict } from '#electron/orchestrator/parse-verdict.ts'

const finding = { severity: 'major', file: 'a.ts', line: 3, finding: 'Off by one', suggestion: null }

it('reads a verdict, also with prose around it', () => {
  const verdict = { status: 'CHANGES_REQUESTED', summary: 'Almost.', findings: [finding] }
  expect(parseVerdict(`Here it is:\n\`\`\`json\n${JSON.stringify(verdict)}\n\`\`\``)).toEqual(verdict)
})

it.each([
  ['nothing', ''],
  ['prose', 'APPROVED, looks good to me'],
  ['broken JSON', '{"status":"APPROVED","summary":"ok","findings":['],
  ['an unknown status', '{"status":"LGTM","summary":"ok","findings":[]}'],
  ['changes without a finding', '{"status":"CHANGES_REQUESTED","summary":"no","findings":[]}'],
  [
    'an approval with a critical finding',
    JSON.stringify({ status: 'APPROVED', summary: 'ok', findings: [{ ...finding, severity: 'critical' }] }),
  ],
])('does not take %s for a verdict', (_name, text) => {
  expect(parseVerdict(text)).toBeNull()
})
