/** Reads the browser's own wish for privacy. @see https://w3c.github.io/gpc/ and, for doNotTrack, the retired Tracking Preference Expression */
export function isPrivacySignalled(navigator: Navigator & { readonly globalPrivacyControl?: unknown }): boolean {
  return navigator.globalPrivacyControl === true || navigator.doNotTrack === '1';
}
