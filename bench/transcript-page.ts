import { PAINTED } from './events.ts'
import type { WindowPage } from './window-page.ts'

/** Goes to a card, and waits until its views are there. */
export async function openCard(page: WindowPage, boardId: string, taskId: string): Promise<void> {
  await page.evaluate(`void (location.hash = '#/board/${boardId}/task/${taskId}')`)
  await page.evaluate(until(`${TAB} && document.querySelector('section[aria-label="Agents"] dl')`))
}

/** Opens the transcript of the card that is open; gives how long its last line took to be painted, milliseconds. */
export function openTranscript(page: WindowPage, last: string): Promise<number> {
  return page.evaluate(`(async () => {
    const start = performance.now()
    ;${TAB}.dispatchEvent(new MouseEvent('mousedown', { button: 0, bubbles: true }))
    await ${until(`document.querySelector('[role="log"]')?.textContent.includes(${JSON.stringify(last)})`)}
    await ${PAINTED}
    return performance.now() - start
  })()`)
}

const TAB = `[...document.querySelectorAll('[role="tab"]')].find((tab) => tab.textContent === 'Activity')`

/** Resolves when it is so, looked at with each change of the page. */
export function until(condition: string): string {
  return `new Promise((resolve) => {
    const look = () => {
      if (!(${condition})) return
      observer.disconnect()
      resolve()
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
    look()
  })`
}

/** Times of frames, milliseconds, while something is scrolled by so many wheel steps. */
export function scrollFrames(page: WindowPage, scroller: string, steps: number): Promise<number[]> {
  return page.evaluate(`(async () => {
    const frames = []
    let last = await new Promise(requestAnimationFrame)
    for (let count = 0; count < ${steps}; count += 1) {
      ${scroller}?.scrollBy(0, -120)
      const now = await new Promise(requestAnimationFrame)
      frames.push(now - last)
      last = now
    }
    return frames
  })()`)
}

/** The heap of the page after collections, in MB. */
export function heapOf(page: WindowPage): Promise<number> {
  return page.evaluate(`(async () => {
    for (let count = 0; count < 3; count += 1) {
      gc()
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return performance.memory.usedJSHeapSize / 1e6
  })()`)
}
