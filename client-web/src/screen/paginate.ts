export interface Section<Card> {
  /** Once on each page that it goes over; titles may be the same. */
  id: string;
  title: string;
  cards: Card[];
}

/** What a page holds, and how much each thing takes of it, in one unit of length. */
export interface Measures<Card> {
  page: number;
  columns: number;
  /** Below each row, and below each section. */
  gap: number;
  title: (title: string) => number;
  card: (card: Card) => number;
  /** Whether it has a row for itself. */
  whole: (card: Card) => boolean;
}

function rowsOf<Card>(cards: readonly Card[], { columns, whole }: Measures<Card>): Card[][] {
  const rows: Card[][] = [];
  let open: Card[] | null = null;
  for (const card of cards) {
    if (whole(card)) {
      rows.push([card]);
      open = null;
    } else if (open && open.length < columns) open.push(card);
    else rows.push((open = [card]));
  }
  return rows;
}

/** Cuts sections into pages of rows of cards; a section that goes on carries its title to the next page. */
export function paginate<Card>(
  sections: readonly Section<Card>[],
  measures: Measures<Card>,
): Section<Card>[][] {
  const pages: Section<Card>[][] = [];
  let page: Section<Card>[] = [];
  let left = measures.page;
  const turn = () => {
    if (page.length > 0) pages.push(page);
    page = [];
    left = measures.page;
  };
  for (const { id, title, cards } of sections) {
    let open: Section<Card> | null = null;
    const heading = title ? measures.title(title) : 0;
    for (const row of rowsOf(cards, measures)) {
      const needed = Math.max(...row.map(measures.card));
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
      left -= needed + measures.gap;
    }
    if (open) left -= measures.gap;
  }
  turn();
  return pages;
}
