type Shown = Pick<VisualViewport, 'height' | 'offsetTop' | 'scale'>;
type Span = Pick<DOMRect, 'top' | 'bottom'>;

/** Below this height what sticks to the lower edge would leave no room to write in. */
const crampedPx = 340;

/** How much of the page's lower edge a keyboard covers. Where the page itself shrinks with it (the page asks for
 * that: interactive-widget), and while somebody has zoomed in, nothing. */
export function coveredBy(page: number, shown: Shown): number {
  return shown.scale > 1.01 ? 0 : Math.max(0, Math.round(page - shown.height - shown.offsetTop));
}

/** How far the page has to be scrolled, so that a field is whole between what sticks to its edges: null where it does
 * not fit. */
export function outOfSight(field: Span, free: Span): number | null {
  if (field.bottom - field.top > free.bottom - free.top) return null;
  return Math.min(0, field.top - free.top) || Math.max(0, field.bottom - free.bottom);
}

/** Brings a field, with its label and what is said below it, between the tabs and what sticks to the lower edge. */
function bringIntoSight(control: Element, bar: HTMLElement): void {
  const shown = window.visualViewport;
  const page = document.documentElement.style;
  const sticking = (edge: string) => parseFloat(page.getPropertyValue(edge)) || 0;
  const tabs = document.querySelector<HTMLElement>('[role=tablist]')?.offsetHeight ?? 0;
  const above = shown?.offsetTop ?? 0;
  const below = Math.min(above + (shown?.height ?? innerHeight), innerHeight - sticking('--caption'));
  const free = {
    top: above + sticking('--banner') + tabs,
    bottom: Math.min(below, bar.getBoundingClientRect().top),
  };
  for (const part of [control.closest('.field') ?? control, control]) {
    const way = outOfSight(part.getBoundingClientRect(), free);
    if (way !== null) return scrollBy(0, way);
  }
}

/**
 * Keeps the bar that sends a form above the keyboard of a phone that lays it over the page, and what is written in
 * above the bar.
 */
export function aboveKeyboard(bar: HTMLElement): { destroy(): void } {
  const shown = window.visualViewport;
  const form = bar.closest('form');
  const place = () => {
    bar.style.setProperty('--keyboard', `${coveredBy(innerHeight, shown!)}px`);
    bar.style.position = shown!.height * shown!.scale < crampedPx ? 'static' : '';
  };
  const show = () =>
    requestAnimationFrame(() => {
      const control = document.activeElement;
      if (control?.localName === 'textarea' && form?.contains(control)) bringIntoSight(control, bar);
    });
  const resized = () => {
    place();
    show();
  };
  if (shown) place();
  shown?.addEventListener('resize', resized);
  shown?.addEventListener('scroll', place);
  form?.addEventListener('focusin', show);
  form?.addEventListener('submit', show);
  return {
    destroy() {
      shown?.removeEventListener('resize', resized);
      shown?.removeEventListener('scroll', place);
      form?.removeEventListener('focusin', show);
      form?.removeEventListener('submit', show);
    },
  };
}
