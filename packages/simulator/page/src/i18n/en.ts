export const en = {
  simulator: 'simulator',
  switchLanguage: '切换为中文',

  connecting: 'Connecting …',
  simulatorGone: 'Simulator gone, trying again',
  noBot: 'No bot connected',
  botConnected: (connections: number) => (connections === 1 ? 'Bot connected' : `Bot connected, ${connections} times`),
  howToConnect: 'Nobody would answer yet. Start your bot with these two variables and it connects to this simulator:',
  copy: 'Copy',
  copied: 'Copied',

  conversations: 'Conversations',
  privateChats: 'Private chats',
  groups: 'Groups',
  noConversations: 'No conversations yet',
  noMessages: 'No messages yet',
  unread: (count: number) => `${count} unread`,
  cardPreview: '[Card]',

  privateChatWith: (bot: string) => `Private chat with ${bot}`,
  groupOf: (members: number) => (members === 1 ? '1 member' : `${members} members`),
  messagesIn: (name: string) => `Messages: ${name}`,
  saysNothing: 'Nothing said here yet. Try a message below.',
  toNewest: 'Newest',
  cardVariables: 'Variables',
  cardTemplate: 'Card template',
  cardWriting: 'The bot is writing',
  cardFailed: 'Failed',
  image: 'Image',

  writeTo: (title: string) => `Message ${title}`,
  speakAs: 'Speak as',
  send: 'Send',
  enterSends: 'Enter sends, Shift + Enter starts a new line',
  notSent: (reason: string) => `Not sent: ${reason}`,
  unreachable: 'the simulator does not answer',
}

export type Texts = typeof en
