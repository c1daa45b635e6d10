/** Nothing has the focus, or the heading of the page, which is where those begin who have just come back. */
export function isNowhere(): boolean {
  const { activeElement, body } = document
  return activeElement === body || (activeElement?.matches('h1') ?? false)
}
