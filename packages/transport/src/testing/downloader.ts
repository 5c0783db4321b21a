import { afterEach } from 'vitest'
import { createDownloader, type FileRequest, type OpenFile } from '../http/download.ts'
import { createNetwork, type Network, type NetworkOptions } from '../network/network.ts'
import type { WebServer } from './web-server.ts'

interface Setting extends NetworkOptions {
  /** Servers of the test that count as configured endpoints. */
  readonly trusted?: readonly Pick<WebServer, 'port'>[]
}

/** Opens a file as a bot does whose endpoints are the `trusted` ones. */
type Open = (url: string, setting?: Setting, request?: Partial<FileRequest>) => Promise<OpenFile>

/** Gives the tests of a file something to open files with; its connections are closed after each. */
export function useDownloader(): Open {
  const networks: Network[] = []
  afterEach(() => Promise.all(networks.splice(0).map(network => network.close())))
  return (url, { trusted = [], ...options } = {}, request = {}) => {
    const network = createNetwork({ proxy: false, ...options })
    networks.push(network)
    const trustedHosts = trusted.map(({ port }) => `127.0.0.1:${port}`)
    return createDownloader({ network, ua: 'dingware/1', trustedHosts }).open({ url, ...request })
  }
}
