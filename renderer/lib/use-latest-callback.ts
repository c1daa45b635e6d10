import { useCallback, useInsertionEffect, useRef } from 'react'

/** The same function for all drawings; called, it does what the function of the latest drawing does. Not for drawing itself. */
export function useLatestCallback<Given extends unknown[], Result>(
  callback: (...given: Given) => Result,
): (...given: Given) => Result {
  const latest = useRef(callback)
  // Before any effect or event of this drawing.
  useInsertionEffect(() => {
    latest.current = callback
  })
  return useCallback((...given) => latest.current(...given), [])
}
