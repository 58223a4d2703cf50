// Which caption stands under a bubble.

/** The message whose caption stands under the album (or the lone message): as in Telegram, only where no other has one. */
export function captioned(messages) {
  const found = messages.filter((message) => message.caption);
  return found.length === 1 ? found[0] : null;
}
