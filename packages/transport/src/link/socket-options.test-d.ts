import { expectTypeOf, test } from 'vitest'
import type { ClientOptions } from 'ws'
import type { SocketOptions } from './socket-options.ts'

test('the options are those of ws, either way', () => {
  const ours = (options: ClientOptions): SocketOptions => options
  const theirs = (options: SocketOptions): ClientOptions => options
  expectTypeOf(ours).returns.toEqualTypeOf<SocketOptions>()
  expectTypeOf(theirs).returns.toEqualTypeOf<ClientOptions>()
  expectTypeOf<keyof SocketOptions>().toEqualTypeOf<keyof ClientOptions>()
})
