import { kindOf } from '@dingware/transport'
import { isPlugin } from './plugin/plugin.ts'

/** @throws TypeError if the value is not a function. */
export function checkFunction(what: string, value: unknown): void {
  if (typeof value !== 'function') throw misfit(what, value, 'a function')
}

/** @throws TypeError for a handler that is neither a function nor a composer or plugin. */
export function checkHandlers(call: string, handlers: readonly unknown[]): void {
  for (const [index, handler] of handlers.entries()) {
    if (isMiddleware(handler) || isPlugin(handler)) continue
    throw misfit(`Handler ${index + 1} of ${call}`, handler, 'a function (ctx, next) => …, a composer or a plugin')
  }
}

/** Like {@link checkHandlers}, where plugins are not allowed, since they are installed once rather than run. */
export function checkMiddleware(call: string, handlers: readonly unknown[]): void {
  for (const [index, handler] of handlers.entries()) {
    if (isMiddleware(handler)) continue
    throw misfit(
      `Handler ${index + 1} of ${call}`,
      handler,
      'a function (ctx, next) => … or a composer; plugins go to use()',
    )
  }
}

function isMiddleware(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && '~state' in value)
}

function misfit(what: string, value: unknown, wanted: string): TypeError {
  const kind = isPlugin(value) ? 'a plugin' : kindOf(value)
  return new TypeError(`${what} is no function but ${kind}: it could never run. Pass ${wanted}.`)
}

/** Formats a method call for error messages: `on('chatbot:text')`. */
export function callOf(method: string, subject: unknown): string {
  const subjects = [subject].flat().map(it => (typeof it === 'string' ? `'${it}'` : nameOf(it)))
  return `${method}(${subjects.join(', ')})`
}

function nameOf(value: unknown): string {
  if (value instanceof RegExp) return String(value)
  const { name, id } = Object(value)
  return [name, id].find(it => typeof it === 'string' && it !== '') ?? '…'
}
