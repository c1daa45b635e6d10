import { expect, test } from 'vitest'
import type { LogLevel } from '#shared/log-line.ts'
import { filterLog, prettyLine } from '../../renderer/features/settings/filter-log.ts'

const line = (number: number, level: LogLevel, text: string) => ({
  number,
  level,
  text,
  timestamp: null,
  event: '',
  message: '',
  correlation_id: null,
})
const LINES = [
  line(0, 'debug', '{"event":"call","path":"boards.list"}'),
  line(1, 'info', '{"event":"app_start"}'),
  line(2, 'error', '{"event":"call_failed","path":"boards.get"}'),
]

test.each([
  ['debug', '', [0, 1, 2]],
  ['info', '', [1, 2]],
  ['error', ' ', [2]],
  ['debug', 'BOARDS', [0, 2]],
  ['debug', 'failed boards', [2]],
  ['info', 'list', []],
] as const)('at least %s, with "%s"', (level, search, expected) => {
  expect(filterLog(LINES, level, search).map((found) => found.number)).toEqual(expected)
})

test('a line is drawn for reading, also one that is none of ours', () => {
  expect(prettyLine('{"a":"b\\nc"}')).toBe('{\n  "a": "b\n    c"\n}')
  expect(prettyLine('plain')).toBe('plain')
})
