/** Milliseconds to wait for a browser to read how long a clip is. */
const patience = 3_000

/** Seconds that a clip lasts; `fallback` when the browser cannot tell. */
export function secondsOf(file: File, kind: 'audio' | 'video', fallback: number): Promise<number> {
  const url = URL.createObjectURL(file)
  const element = document.createElement(kind)
  const { promise, resolve } = withResolvers<number>()
  const timer = setTimeout(() => resolve(fallback), patience)
  element.preload = 'metadata'
  element.onloadedmetadata = () => resolve(Number.isFinite(element.duration) ? element.duration : fallback)
  element.onerror = () => resolve(fallback)
  element.src = url
  return promise.finally(() => {
    clearTimeout(timer)
    URL.revokeObjectURL(url)
  })
}

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>(done => {
    resolve = done
  })
  return { promise, resolve }
}
