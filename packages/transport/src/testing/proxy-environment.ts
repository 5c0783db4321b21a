import { vi } from 'vitest'

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY']

/** Sets the environment's proxy variables to these and no others, until the test ends. */
export function stubProxyEnvironment(variables: Readonly<Record<string, string>> = {}): void {
  for (const name of NAMES) for (const variant of [name, name.toLowerCase()]) vi.stubEnv(variant, undefined)
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
}
