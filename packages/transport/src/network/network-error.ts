import { DingTalkError, NetworkError } from '../errors/errors.ts'
import { redact } from '../redact/redact.ts'
import { messageOf } from '../redact/thrown-text.ts'

/**
 * Turns an error of a library into a NetworkError that says what to check. Errors of dingware stay as they are.
 *
 * @param problem The failure, as the beginning of a sentence: `GET https://… did not get through`.
 * @param secrets Texts to mask besides those that have secret names.
 */
export function networkErrorOf(problem: string, error: unknown, secrets: readonly string[] = []): DingTalkError {
  if (DingTalkError.isInstance(error)) return error
  const { code, message } = describe(error)
  const reason = redact(message, secrets).replace(/[.\s]+$/, '')
  return new NetworkError(`${problem}: ${reason}. ${hintFor(code)}`.trim(), {
    code,
    cause: error instanceof Error ? bareCopy(error, code, secrets) : undefined,
  })
}

const UNKNOWN = 'ERR_NETWORK'

interface Description {
  readonly code: string
  readonly message: string
}

function describe(error: unknown): Description {
  if (!(error instanceof Error)) return { code: UNKNOWN, message: messageOf(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : UNKNOWN
  // When both IPv4 and IPv6 were refused, the message is empty and the reasons are inside.
  const inner = error instanceof AggregateError ? error.errors.map(item => describe(item).message).join('; ') : ''
  return { code, message: error.message || inner || code }
}

/** The error without what libraries hang on it: requests, headers, and answers that could not be parsed. */
function bareCopy(error: Error, code: string, secrets: readonly string[]): Error {
  const copy = new Error(redact(error.message, secrets))
  copy.name = error.name
  copy.stack = redact(error.stack ?? '', secrets)
  return Object.assign(copy, { code })
}

const UNKNOWN_AUTHORITY = /SELF_SIGNED|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY/

function hintFor(code: string): string {
  if (UNKNOWN_AUTHORITY.test(code)) {
    return "The certificate comes from an authority that Node does not know, such as a company's own: give its certificate as `tls.ca`."
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'The certificate is for another host: check the address, and whether a proxy answers in its place.'
  }
  if (/^CERT_/.test(code)) return "Check this machine's clock and the certificate of the server."
  if (/^(EPROTO|ERR_SSL)/.test(code)) return 'Check http:// against https:// in the address and in that of the proxy.'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'Check the host name, DNS, and whether a proxy is needed (HTTPS_PROXY, `proxy`).'
  }
  if (code === 'UND_ERR_INVALID_ARG') return 'Check the headers of the request.'
  // Without a code it is no error of the network, and nothing is known of it but its message.
  if (code === UNKNOWN) return ''
  return 'Check the network, the firewall and the proxy settings (HTTPS_PROXY, NO_PROXY, `proxy`).'
}
