import type { LabelId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import type { Person } from '#shared/person.ts'
import { Priority } from '#shared/task.ts'

/** What a person typed, with what its shorthand stands for: "Fix login #bug !high @ada". */
export interface Shorthand {
  title: string
  label_ids: LabelId[]
  priority: Priority | null
  /** `person:<id>`. */
  assigned_to: string | null
}

/** What the shorthand may name. */
export interface Known {
  labels: readonly Label[]
  people: readonly Person[]
}

/** A word of shorthand stands by itself; one that names nothing known stays in the title. */
export function readShorthand(text: string, known: Known): Shorthand {
  const read: Shorthand = { title: '', label_ids: [], priority: null, assigned_to: null }
  const words = text.split(/\s+/).filter((word) => word !== '' && !take(word, known, read))
  return { ...read, title: words.join(' ') }
}

function take(word: string, { labels, people }: Known, read: Shorthand): boolean {
  const name = word.slice(1)
  if (name === '') return false
  if (word.startsWith('#')) {
    const label = byName(labels, name)
    if (label && !read.label_ids.includes(label.id)) read.label_ids.push(label.id)
    return label !== undefined
  }
  if (word.startsWith('!')) {
    const priority = byName(
      Priority.options.map((one) => ({ name: one })),
      name,
    )
    if (priority) read.priority = priority.name
    return priority !== undefined
  }
  if (!word.startsWith('@')) return false
  const person = byName(people, name)
  if (person) read.assigned_to = `person:${person.id}`
  return person !== undefined
}

/** By the whole name, else by what it begins with, if only one does; spaces are written as hyphens or left out. */
function byName<T extends { name: string }>(all: readonly T[], typed: string): T | undefined {
  const wanted = folded(typed)
  if (wanted === '') return undefined
  const beginning = all.filter(({ name }) => folded(name).startsWith(wanted))
  return (
    all.find(({ name }) => folded(name) === wanted) ?? (beginning.length === 1 ? beginning[0] : undefined)
  )
}

function folded(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}\s_-]/gu, '')
    .toLowerCase()
}

/** The titles in what was pasted: a line each, without the marks of a list. */
export function linesOf(pasted: string): string[] {
  return pasted
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*([-*+•]|\d+[.)])(\s+\[[ xX]\])?\s+/, '').trim())
    .filter((line) => line !== '')
}
