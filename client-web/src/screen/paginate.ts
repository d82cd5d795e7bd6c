interface Section<Card> {
  /** Once on each page that it goes over. */
  id: string;
  title: string;
  cards: Card[];
}

// Heights in lines of text, as Screen.svelte sets them: what a page holds beside its header and footer, a title with
// its space, and the frame around a row of cards.
const pageLines = 15;
const titleLines = 1.7;
const frameLines = 0.95;
const mostLines = 3; // of one card; the rest is cut
const lettersInLine = 46;

export function lines(text: string): number {
  return Math.min(mostLines, Math.max(1, Math.ceil(text.length / lettersInLine)));
}

/** Cuts sections into pages of rows of two cards; a section that goes on carries its title to the next page. */
export function paginate<Card>(sections: Section<Card>[], height: (card: Card) => number): Section<Card>[][] {
  const pages: Section<Card>[][] = [];
  let page: Section<Card>[] = [];
  let left = pageLines;
  const turn = () => {
    if (page.length > 0) pages.push(page);
    page = [];
    left = pageLines;
  };
  for (const { id, title, cards } of sections) {
    let open: Section<Card> | null = null;
    for (let i = 0; i < cards.length; i += 2) {
      const row = cards.slice(i, i + 2);
      const needed = Math.max(...row.map(height)) + frameLines;
      const heading = title ? titleLines : 0;
      if (left < needed + (open ? 0 : heading) && page.length > 0) {
        turn();
        open = null;
      }
      if (!open) {
        open = { id, title, cards: [] };
        page.push(open);
        left -= heading;
      }
      open.cards.push(...row);
      left -= needed;
    }
  }
  turn();
  return pages;
}
