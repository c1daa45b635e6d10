import { expect, test } from 'vitest'
import {
  descendantsOf,
  findMigration,
  headsOf,
  lineageOf,
  onlyHead,
  orderMigrations,
} from '#db/migration-graph.ts'

const node = (revision: string, ...parents: string[]) => ({ revision, name: `m${revision}`, parents })
const diamond = [node('0004', '0002', '0003'), node('0003', '0001'), node('0002', '0001'), node('0001')]
const revisions = (nodes: { revision: string }[]) => nodes.map(({ revision }) => revision)

test('parents come before what builds on them, whatever their numbers', () => {
  expect(revisions(orderMigrations(diamond))).toEqual(['0001', '0002', '0003', '0004'])
  expect(revisions(orderMigrations([node('0001', '0002'), node('0002')]))).toEqual(['0002', '0001'])
})

test('heads, lineage and descendants of a diamond', () => {
  expect(revisions(headsOf(diamond))).toEqual(['0004'])
  expect(revisions(headsOf(diamond.slice(1)))).toEqual(['0003', '0002'])
  expect([...lineageOf(diamond, '0003')].sort()).toEqual(['0001', '0003'])
  expect([...descendantsOf(diamond, '0002')]).toEqual(['0004'])
})

test('doubles, strangers and circles are refused with names', () => {
  expect(() => orderMigrations([node('0001'), node('0001')])).toThrow('Two migrations have the revision 0001')
  expect(() => orderMigrations([node('0002', '0001')])).toThrow(
    '0002_m0002 builds on 0001, and there is none',
  )
  expect(() => orderMigrations([node('0001', '0002'), node('0002', '0001')])).toThrow(
    '0001, 0002 build on each other',
  )
  expect(() => onlyHead(diamond.slice(1))).toThrow('2 heads')
})

test('a revision is found by its beginning, if that is clear', () => {
  const both = [node('0001'), node('0002-aaaa', '0001'), node('0002-bbbb', '0001')]
  expect(findMigration(both, '0002-b').revision).toBe('0002-bbbb')
  expect(() => findMigration(both, '0002')).toThrow('0002 may be one of 0002-aaaa, 0002-bbbb')
  expect(() => findMigration(both, '0009')).toThrow('There is no migration 0009.')
})
