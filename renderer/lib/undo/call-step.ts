import { texts } from '../texts/texts.ts'
import type { CallStep } from './history.ts'

/** It cannot be taken back any more, and says why: what comes before it still can. */
export class CannotTakeBack extends Error {
  override readonly name = 'CannotTakeBack'
}

/** A step of something that is done and undone by two calls. */
export function callStep(undo: () => Promise<unknown>, redo: () => Promise<unknown>): CallStep {
  return {
    kind: 'call',
    run: async () => {
      await undo()
      return callStep(redo, undo)
    },
  }
}

interface Values<V extends object> {
  /** What it is called: "The column Review". */
  name: string
  /** As it is now; undefined when it is gone. */
  read: () => V | undefined | Promise<V | undefined>
  write: (values: V) => Promise<unknown>
}

/** A step of an edit. What others have made of it meanwhile stays. */
export function editStep<V extends object>(of: Values<V>, before: V, after: V): CallStep {
  return {
    kind: 'call',
    run: async () => {
      const now = await of.read()
      if (!now) throw new CannotTakeBack(texts.undo.subjectGone(of.name))
      const isAsLeft = (Object.keys(after) as (keyof V)[]).every((key) => isSame(now[key], after[key]))
      if (!isAsLeft) throw new CannotTakeBack(texts.undo.changedAgainBySomebody(of.name))
      await of.write(before)
      return editStep(of, after, before)
    },
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
