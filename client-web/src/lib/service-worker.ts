interface TrustedTypesWindow {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): string };
  };
}

/** Keeps the pages on this device, so that they open without network after the first visit. */
export function keepShell(): void {
  // Only on https and localhost do browsers have one; elsewhere the page works while the network does.
  if (!('serviceWorker' in navigator)) return;
  const types = (window as TrustedTypesWindow).trustedTypes;
  const url = types
    ? types
        .createPolicy('warsha-sw', {
          createScriptURL: (wanted) => {
            if (wanted !== '/sw.js') throw new TypeError('only the service worker');
            return wanted;
          },
        })
        .createScriptURL('/sw.js')
    : '/sw.js';
  void navigator.serviceWorker.register(url).catch(() => {});
}
