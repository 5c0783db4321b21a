/** Whether `@dingware/core` is its compiled form, as users get it. */
export function isCompiled(): boolean {
  return import.meta.resolve('@dingware/core').endsWith('/dist/index.js')
}
