import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

export const NicksContext = createContext<(userId: string) => string>(userId => userId)

/** Names of users by their id. */
export const useNicks = (): ((userId: string) => string) => useContext(NicksContext)
