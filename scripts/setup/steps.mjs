/**
 * Prints the steps of a set-up, one line each with its time, to `stream`.
 * @param {{ write(text: string): unknown }} stream
 */
export function printedSteps(stream) {
  return {
    /**
     * Runs `work`; prints `title`, what work answers (a short remark, if any) and the seconds it took.
     * @template T @param {string} title @param {() => Promise<string | undefined | void>} work
     */
    async run(title, work) {
      const from = performance.now()
      stream.write(`${title} … `)
      try {
        const remark = await work()
        stream.write(`${remark ? `${remark}, ` : ''}${seconds(performance.now() - from)}\n`)
      } catch (error) {
        stream.write(`failed after ${seconds(performance.now() - from)}\n`)
        throw error
      }
    },
    /** Prints a line of its own. */
    say(line) {
      stream.write(`${line}\n`)
    },
  }
}

/** Milliseconds as "1.2 s" or "2 min 5 s". */
export function seconds(milliseconds) {
  const whole = Math.round(milliseconds / 1000)
  return whole < 60
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
