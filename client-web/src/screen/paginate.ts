interface Section<Card> {
  title: string;
  cards: Card[];
}

/** Rows of two cards, and titles, that fit a projector without becoming too small for the last row of seats. */
const rowsOnPage = 5;

/** Cuts sections into pages; a section that goes on carries its title to the next page. */
export function paginate<Card>(sections: Section<Card>[]): Section<Card>[][] {
  const pages: Section<Card>[][] = [];
  let page: Section<Card>[] = [];
  let left = rowsOnPage;
  const turn = () => {
    if (page.length > 0) pages.push(page);
    page = [];
    left = rowsOnPage;
  };
  for (const section of sections) {
    let rest = section.cards;
    while (rest.length > 0) {
      const title = section.title ? 0.6 : 0;
      if (left < 1 + title) turn();
      const taken = rest.slice(0, Math.floor(left - title) * 2);
      page.push({ title: section.title, cards: taken });
      left -= title + Math.ceil(taken.length / 2);
      rest = rest.slice(taken.length);
    }
  }
  turn();
  return pages;
}
