import { createRequire } from 'node:module'
import type { Composed, Middleware } from '@dingware/core'

type Compose = <C>(middleware: Middleware<C>[]) => Composed<C>

/** The `compose` of Koa; the package has no types of its own. */
export const koaCompose: Compose = createRequire(import.meta.url)('koa-compose')
