import { useEffect, useState } from 'react'

/** The present time, anew every `everyMs` milliseconds while `isOn`. */
export function useNow(everyMs: number, isOn: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isOn) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, isOn])
  return now
}
