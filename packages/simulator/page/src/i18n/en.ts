export const en = {
  simulator: 'simulator',
  switchLanguage: '切换为中文',

  connecting: 'Connecting …',
  simulatorGone: 'Simulator gone, trying again',
  noBot: 'No bot connected',
  botConnected: (connections: number) => (connections === 1 ? 'Bot connected' : `Bot connected, ${connections} times`),
  howToConnect:
    'Nobody would answer yet. Start your bot with these four environment variables, and it connects to here:',
  copy: 'Copy',
  copied: 'Copied',

  conversations: 'Conversations',
  privateChats: 'Private chats',
  groups: 'Groups',
  noConversations: 'No conversations yet',
  noMessages: 'No messages yet',
  unread: (count: number) => `${count} unread`,
  cardPreview: '[Card]',
  picturePreview: '[Picture]',
  filePreview: '[File]',
  voicePreview: '[Voice]',
  videoPreview: '[Video]',
  linkPreview: '[Link]',

  close: 'Close',
  recalled: 'The bot has taken a message back',
}

export type Texts = typeof en
