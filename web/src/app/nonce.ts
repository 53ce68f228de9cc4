/** What the server has put into the page, so that styles of the page's own are allowed and no others (see its CSP). */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
}
