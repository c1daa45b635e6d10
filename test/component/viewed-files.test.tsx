import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { useViewedFiles } from '../../renderer/lib/viewed-files.ts'
import { execution } from '../unit/renderer/fixtures.ts'

const RUN = execution(1).id
const SUM = { path: 'sum.js', fingerprint: 'a.b' }
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith('viewed-files:'))

beforeEach(() => localStorage.clear())

it('a file is ticked off as it is now, in all windows and the next ones, and not of another result', () => {
  const one = renderHook(() => useViewedFiles(RUN)).result
  const other = renderHook(() => useViewedFiles(RUN)).result
  expect(one.current.viewOf(SUM)).toBe('new')
  act(() => one.current.setViewed(SUM, true))
  expect(other.current.viewOf(SUM)).toBe('viewed')
  expect(other.current.viewOf({ ...SUM, fingerprint: 'a.c' })).toBe('changed')
  expect(other.current.viewOf({ ...SUM, path: 'sum.ts' })).toBe('new')
  expect(renderHook(() => useViewedFiles(RUN)).result.current.viewOf(SUM)).toBe('viewed')
  expect(renderHook(() => useViewedFiles(execution(2).id)).result.current.viewOf(SUM)).toBe('new')
  act(() => other.current.setViewed(SUM, false))
  expect(one.current.viewOf(SUM)).toBe('new')
  expect(kept()).toEqual([])
})

it('of a hundred results it is remembered; that which was reviewed longest ago goes', () => {
  for (let at = 1; at <= 100; at++)
    localStorage.setItem(`viewed-files:old-${at}`, JSON.stringify({ at, files: { 'a.js': 'x' } }))
  const { result } = renderHook(() => useViewedFiles(RUN))
  act(() => result.current.setViewed(SUM, true))
  act(() => result.current.setViewed({ ...SUM, path: 'b.js' }, true))
  expect(kept()).toHaveLength(100)
  expect(kept()).not.toContain('viewed-files:old-1')
  expect(kept()).toContain('viewed-files:old-2')
})

it('what another version of the app has written counts as nothing', () => {
  localStorage.setItem(`viewed-files:${RUN}`, '{"files":3')
  const { result } = renderHook(() => useViewedFiles(RUN))
  expect(result.current.viewOf(SUM)).toBe('new')
  act(() => result.current.setViewed(SUM, true))
  expect(result.current.viewOf(SUM)).toBe('viewed')
})
