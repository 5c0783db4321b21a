import type { Clock } from '../../clock/clock.ts'
import type { Switches } from '../../options/switches.ts'
import { setBounded } from '../../utils/bounded.ts'
import type { IssuedSecrets } from '../../utils/issued-secrets.ts'
import { secretId, uuid } from '../../utils/random.ts'

interface Bounds {
  readonly count: number
  readonly bytes: number
}

/** Files are kept up to this count and this many bytes together. */
const FILES_KEPT: Bounds = { count: 1_000, bytes: 256 * 1024 * 1024 }
/** Codes and addresses are kept up to this count. */
const CODES_KEPT = 10_000

/** A file that a bot has uploaded or a person has sent. Up to 1,000 files and 256 MB are kept, the newest. */
export interface StoredFile {
  /** The simulator's own id of it. */
  readonly fileId: string
  /** Its name. */
  readonly name: string
  /** Its content. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/**
 * A file for a message of a person.
 *
 * @example
 * await alice.send({ msgtype: 'file', file: { name: 'report.txt', bytes: 'all is well' } })
 */
export interface FileInput {
  /** Its name, by default one that suits the kind of message. */
  readonly name?: string
  /** Its bytes, or its text in UTF-8; empty by default. */
  readonly bytes?: Uint8Array | string
}

/** The files that people have sent and bots have uploaded. */
export interface Files {
  /** Keeps a file; one that is kept already (a {@link StoredFile}) stays as it is. */
  put(file: FileInput | StoredFile, fallbackName: string): StoredFile
  get(fileId: string): StoredFile | undefined
  list(): readonly StoredFile[]
  /** A code by which one bot may ask for the address of a file. */
  code(file: StoredFile, robotCode: string): { readonly downloadCode: string; readonly pictureDownloadCode: string }
  /** Undefined when the code is unknown or has expired. */
  byCode(code: string): { readonly file: StoredFile; readonly robotCode: string } | undefined
  /** The file that a code was made for, expired or not: people see what they have sent for ever. */
  sentAs(code: string): StoredFile | undefined
  /** A signed address on the file host, relative to the simulator's. With a `secret` only who sends it gets the file. */
  address(file: StoredFile, secret?: string): string
  /** The file at an address: undefined when the signature is wrong or has expired. */
  open(name: string, signature: string): { readonly file: StoredFile; readonly secret: string | undefined } | undefined
  /** Keeps an upload; `@` or `$` and letters, as the platform's media ids. */
  upload(file: StoredFile): string
  media(mediaId: string): StoredFile | undefined
}

export function createFiles(
  clock: Clock,
  switches: Switches,
  secrets: IssuedSecrets,
  kept: Bounds = FILES_KEPT,
): Files {
  const files = fileShelf(kept)
  // By the id of the file: what has gone from the shelf must be held by nothing else.
  const codes = new Map<string, { fileId: string; robotCode: string; expiresAt: number }>()
  const addresses = new Map<string, { fileId: string; name: string; secret: string | undefined; expiresAt: number }>()
  const alive = ({ expiresAt }: { expiresAt: number }) => expiresAt > clock.now()

  return {
    put(input, fallbackName) {
      const known = 'fileId' in input ? files.get(input.fileId) : undefined
      if (known) return known
      const { name = fallbackName, bytes = '' } = input
      return files.add({ fileId: uuid().replaceAll('-', ''), name, bytes: toBytes(bytes), createdAt: clock.now() })
    },
    get: files.get,
    list: files.list,
    code({ fileId }, robotCode) {
      const pictureDownloadCode = base64Id(48)
      const downloadCode = base64Id(64)
      const entry = { fileId, robotCode, expiresAt: clock.now() + switches.downloadCodeLife }
      for (const code of [pictureDownloadCode, downloadCode]) setBounded(codes, code, entry, CODES_KEPT)
      return { downloadCode, pictureDownloadCode }
    },
    byCode(code) {
      const entry = codes.get(code)
      const file = entry && alive(entry) ? files.get(entry.fileId) : undefined
      return entry && file && { file, robotCode: entry.robotCode }
    },
    sentAs: code => files.get(codes.get(code)?.fileId ?? ''),
    address({ fileId }, secret) {
      const expiresAt = clock.now() + switches.downloadUrlLife
      const signature = secrets.issue('SIGNATURE')
      const name = `${secretId(12)}.file`
      setBounded(addresses, signature, { fileId, name, secret, expiresAt }, CODES_KEPT)
      return signedPath(name, expiresAt, signature)
    },
    open(name, signature) {
      const entry = addresses.get(signature)
      const file = entry?.name === name && alive(entry) ? files.get(entry.fileId) : undefined
      return entry && file && { file, secret: entry.secret }
    },
    ...createUploads(files.get),
  }
}

/** Media ids of uploads. They hold the id of a file, not the file itself. */
function createUploads(get: Files['get']): Pick<Files, 'upload' | 'media'> {
  const media = new Map<string, string>()
  return {
    upload({ fileId }) {
      const mediaId = `@lAL${base64Id(24).replaceAll(/[+/=]/g, 'P')}`
      setBounded(media, mediaId, fileId, CODES_KEPT)
      return mediaId
    },
    media: mediaId => get(media.get(mediaId) ?? ''),
  }
}

function signedPath(name: string, expiresAt: number, signature: string): string {
  const expires = Math.floor(expiresAt / 1_000)
  return `/oss/${name}?Expires=${expires}&OSSAccessKeyId=simulator&Signature=${signature}`
}

/** The newest files, within both bounds. */
function fileShelf(kept: Bounds) {
  const files = new Map<string, StoredFile>()
  let size = 0
  const isFull = () => files.size > kept.count || size > kept.bytes
  return {
    get: (fileId: string) => files.get(fileId),
    list: () => [...files.values()],
    add(file: StoredFile): StoredFile {
      files.set(file.fileId, file)
      size += file.bytes.length
      for (const [fileId, { bytes }] of files) {
        if (!isFull()) break
        files.delete(fileId)
        size -= bytes.length
      }
      return file
    },
  }
}

function toBytes(bytes: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
}

function base64Id(bytes: number): string {
  return Buffer.from(secretId(bytes), 'hex').toString('base64')
}
