import { type ComponentType, lazy, Suspense, useMemo } from 'react'

/** A component whose code is not part of the first screen's: read when it is first drawn, or before. */
export interface Code<P> {
  read(): Promise<unknown>
  /** Once it is read, it is drawn at once: nothing flickers. */
  component(): ComponentType<P>
}

export function codeOf<P extends object>(load: () => Promise<ComponentType<P>>): Code<P> {
  let loaded: ComponentType<P> | undefined
  const read = async () => {
    loaded ??= await load()
    return { default: loaded }
  }
  const awaited = lazy(read) as unknown as ComponentType<P>
  return { read, component: () => loaded ?? awaited }
}

interface DrawCodeProps<P> {
  code: Code<P>
  props: P
}

export function DrawCode<P extends object>({ code, props }: DrawCodeProps<P>) {
  // One for as long as it is drawn: a change from the awaited to the loaded one would lose its state.
  const Component = useMemo(() => code.component(), [code])
  return (
    <Suspense fallback={null}>
      <Component {...props} />
    </Suspense>
  )
}
