import { expectTypeOf, test } from 'vitest'
import type { ClientOptions } from 'ws'
import type { SocketOptions } from './socket-options.ts'

test('the options are those of ws, either way', () => {
  expectTypeOf<ClientOptions>().toExtend<SocketOptions>()
  expectTypeOf<SocketOptions>().toExtend<ClientOptions>()
  expectTypeOf<keyof SocketOptions>().toEqualTypeOf<keyof ClientOptions>()
})
