import { describe, expect, it } from 'vitest'
import { DEFAULT_QUERY } from '#shared/board-query.ts'
import { parseRoute, type Route, routeHash } from '../../../renderer/lib/route.ts'
import { BOARD, taskId, uuid } from './fixtures.ts'

describe('a route', () => {
  it.each<Route>([
    { page: 'welcome' } as const,
    { page: 'settings', section: null } as const,
    { page: 'settings', section: 'log' } as const,
    { page: 'keyboard' } as const,
    { page: 'board', boardId: BOARD, taskId: null } as const,
    { page: 'board', boardId: BOARD, taskId: taskId(1) } as const,
    { page: 'search', text: '' } as const,
    { page: 'search', text: 'a?b & c/d #1' } as const,
    {
      page: 'board',
      boardId: BOARD,
      taskId: taskId(1),
      query: { ...DEFAULT_QUERY, text: 'a/b?c', assignees: ['Zoë & co', 'none'], view: 'table' },
    },
  ])('is the same after a way through the address: %o', (route) => {
    expect(parseRoute(routeHash(route))).toEqual(route)
  })

  it('is unknown when its ids are none', () => {
    expect(parseRoute('#/board/12')).toEqual({ page: 'unknown' })
  })

  it('is the settings from their top where a section is none', () => {
    expect(parseRoute('#/settings/wine')).toEqual({ page: 'settings', section: null })
  })

  it('opens the board when only the card is wrong', () => {
    expect(parseRoute(`#/board/${uuid(1)}/task/x`)).toEqual({ page: 'board', boardId: BOARD, taskId: null })
  })
})
