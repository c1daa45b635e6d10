import { type Route, routeHash } from './route.ts'

/** Shows a page in a window of its own: the app sees what is asked for and makes the window. */
export function openInNewWindow(route: Route): void {
  window.open(routeHash(route))
}
