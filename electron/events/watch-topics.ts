import type { Ear, Topic, Wakeups } from './wakeups.ts'

/** Listens to topics that may be others later. */
export interface TopicWatch extends Disposable {
  /** From now on these, and no others. */
  watch(topics: Iterable<Topic>): void
}

/** Calls back whenever one of the watched topics is woken, until it is disposed. */
export function watchTopics(wakeups: Wakeups, onWake: () => void): TopicWatch {
  const ears = new Map<Topic, { ear: Ear; end: AbortController }>()
  const listen = async (ear: Ear, signal: AbortSignal) => {
    for (;;) {
      await ear.heard(signal)
      if (signal.aborted) return
      onWake()
    }
  }
  const leave = (topic: Topic) => {
    const known = ears.get(topic)
    ears.delete(topic)
    known?.end.abort()
    known?.ear[Symbol.dispose]()
  }
  return {
    watch(topics) {
      const wanted = new Set(topics)
      for (const topic of ears.keys()) if (!wanted.has(topic)) leave(topic)
      for (const topic of wanted) {
        if (ears.has(topic)) continue
        const [ear, end] = [wakeups.listen(topic), new AbortController()]
        ears.set(topic, { ear, end })
        void listen(ear, end.signal)
      }
    },
    [Symbol.dispose]() {
      for (const topic of ears.keys()) leave(topic)
    },
  }
}
