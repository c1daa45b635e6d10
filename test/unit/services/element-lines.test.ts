import { expect, it } from 'vitest'
import { elementLines } from '#electron/services/element-lines.ts'

it('tells the lines on which the elements of an array begin', () => {
  expect(elementLines('[\n {"a": [1,\n 2], "b": "],["},\n\n {}\n, 3]', 'tasks')).toEqual([2, 5, 6])
})

it('finds the array of a key in an object, and no other', () => {
  const text =
    '{"x": [1, 2],\n"note": "tasks",\n "inner": {"tasks": [1]},\n "tasks"\n: [\n{"tasks": [9]},\n{}]}'
  expect(elementLines(text, 'tasks')).toEqual([6, 7])
})

it('has no elements where there are none', () => {
  expect(elementLines('[]', 'tasks')).toEqual([])
  expect(elementLines('{"a": "\\"["}', 'tasks')).toEqual([])
})
