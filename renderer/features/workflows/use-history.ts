import { useCallback, useState } from 'react'

interface History<Value> {
  past: readonly Value[]
  present: Value
  future: readonly Value[]
}

/** So many steps back are kept. */
const MOST = 100

/** A value that a person edits, with the way back and forward. Without effect on others until it is saved. */
export function useHistory<Value>(initial: Value) {
  const [history, setHistory] = useState<History<Value>>({ past: [], present: initial, future: [] })
  const change = useCallback((next: (value: Value) => Value) => {
    setHistory(({ past, present, future }) => {
      const value = next(present)
      if (value === present) return { past, present, future }
      return { past: [...past, present].slice(-MOST), present: value, future: [] }
    })
  }, [])
  const undo = useCallback(() => {
    setHistory((now) => {
      const before = now.past.at(-1)
      if (before === undefined) return now
      return { past: now.past.slice(0, -1), present: before, future: [now.present, ...now.future] }
    })
  }, [])
  const redo = useCallback(() => {
    setHistory((now) => {
      const [next, ...rest] = now.future
      if (next === undefined) return now
      return { past: [...now.past, now.present], present: next, future: rest }
    })
  }, [])
  const reset = useCallback((value: Value) => setHistory({ past: [], present: value, future: [] }), [])
  const { past, present, future } = history
  return { value: present, change, undo, redo, reset, canUndo: past.length > 0, canRedo: future.length > 0 }
}
