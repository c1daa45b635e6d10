import { useEffect, useState } from 'react'

/** Whether something has been true for so long: what passes at once is no news. */
export function useLasting(isTrue: boolean, ms: number): boolean {
  const [isLasting, setLasting] = useState(false)
  useEffect(() => {
    if (!isTrue) {
      setLasting(false)
      return
    }
    const timer = setTimeout(() => setLasting(true), ms)
    return () => clearTimeout(timer)
  }, [isTrue, ms])
  return isLasting
}
