/** What is wrong with an update bot's settings: a message of this lab, and where. */
export interface Flaw {
  readonly message: 'bot-off' | 'bot-no-digests' | 'bot-no-schedule' | 'bot-ignores' | 'bot-unreadable';
  readonly evidence: string;
}
