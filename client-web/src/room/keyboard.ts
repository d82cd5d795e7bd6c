type Shown = Pick<VisualViewport, 'height' | 'offsetTop' | 'scale'>;

/** How much of the page's lower edge a keyboard covers. Where the page itself shrinks with it (the page asks for
 * that: interactive-widget), and while somebody has zoomed in, nothing. */
export function coveredBy(page: number, shown: Shown): number {
  return shown.scale > 1.01 ? 0 : Math.max(0, Math.round(page - shown.height - shown.offsetTop));
}

/** Keeps what sticks to the lower edge above the keyboard of a phone that lays it over the page. */
export function aboveKeyboard(node: HTMLElement): { destroy(): void } {
  const shown = window.visualViewport;
  const place = () => node.style.setProperty('--keyboard', `${coveredBy(innerHeight, shown!)}px`);
  shown?.addEventListener('resize', place);
  shown?.addEventListener('scroll', place);
  return {
    destroy() {
      shown?.removeEventListener('resize', place);
      shown?.removeEventListener('scroll', place);
    },
  };
}
