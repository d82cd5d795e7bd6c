import { describe, expect, test, vi } from "vitest";
import {
  board,
  draftId,
  event,
  me,
  other,
  tableId,
  tell,
} from "./support/boards";

const changed = (revision: number, edit: unknown[]) => ({
  type: "draft.changed",
  draft: draftId,
  revision,
  edit,
  who: other,
});

describe("a draft", () => {
  test("has the words of every edit, in their order", () => {
    const made = board();
    tell(
      made,
      changed(1, ["نشر"]),
      changed(2, [3, " المحاضر"]),
      changed(3, [{ d: 4 }]),
    );
    expect(made.drafts.get(draftId)).toMatchObject({
      text: "المحاضر",
      revision: 3,
    });
  });

  test("tells who writes in it of each edit, when it has it itself", () => {
    const made = board();
    const heard: unknown[] = [];
    const stop = made.drafts.subscribe((change) =>
      heard.push([change, made.drafts.get(draftId)?.text]),
    );
    tell(made, changed(1, ["نشر"]));
    expect(heard).toEqual([
      [
        {
          draft: draftId,
          seq: expect.any(Number),
          revision: 1,
          edit: ["نشر"],
          who: other,
        },
        "نشر",
      ],
    ]);
    stop();
    tell(made, changed(2, ["لا "]));
    expect(heard).toHaveLength(1);
  });

  test("of another table has no words here, and keeps those of the time when one sat there", () => {
    const made = board();
    tell(made, changed(1, ["نشر"]));
    const listener = vi.fn();
    made.drafts.subscribe(listener);
    tell(made, { type: "draft.changed", draft: draftId, revision: 2 });
    expect(made.drafts.get(draftId)).toMatchObject({ text: "نشر", revision: 1, unread: true });
    tell(made, changed(3, [3, " المحاضر"]));
    expect(made.takeMissing()).toBeNull();
    expect(listener).not.toHaveBeenCalled();
    expect(made.drafts.told.find(({ id }) => id === draftId)).not.toHaveProperty("text");
  });

  test("is read again when a welcome tells it to who sits there, and goes on from there", () => {
    const made = board();
    tell(made, { type: "draft.changed", draft: draftId, revision: 1 });
    made.drafts.readMine([{ id: draftId, revision: 2, text: "نشر" }]);
    tell(made, changed(2, ["قديم"]), changed(3, [3, " المحاضر"]));
    expect(made.drafts.get(draftId)).toMatchObject({ text: "نشر المحاضر", revision: 3 });
    expect(made.drafts.get(draftId)?.unread).toBeUndefined();
  });

  test("that a snapshot tells without words has the words that were known", () => {
    const made = board();
    tell(made, changed(1, ["نشر"]));
    const { text: _, ...untold } = made.drafts.get(draftId)!;
    made.drafts.read([{ ...untold, revision: 4 }]);
    expect(made.drafts.get(draftId)).toMatchObject({ text: "نشر", revision: 1, unread: true });
  });

  test("does not take an edit twice that was in it when it came", () => {
    const made = board({ drafts: [] });
    const listener = vi.fn();
    made.drafts.subscribe(listener);
    const started = event("draft-started") as unknown as { draft: object };
    tell(
      made,
      { ...started, draft: { ...started.draft, text: "نشر", revision: 1 } },
      changed(1, ["نشر"]),
    );
    expect(made.drafts.get(draftId)?.text).toBe("نشر");
    expect(listener).not.toHaveBeenCalled();
  });

  test.each([
    ["that skips a revision", changed(2, ["نشر"])],
    ["that reaches beyond its end", changed(1, [5, "نشر"])],
  ])("does not take an edit %s, and asks for a snapshot", (_, edit) => {
    const made = board();
    tell(made, edit);
    expect(made.drafts.get(draftId)).toMatchObject({ text: "", revision: 0 });
    expect(made.takeMissing()).toBe("board");
  });

  test("is gone when it was handed in, and its contribution is there", () => {
    const made = board();
    const ended = vi.fn();
    made.drafts.onEnd(ended);
    const handedIn = event("draft-handed-in") as unknown as {
      contribution: { id: string };
    };
    tell(made, handedIn);
    expect(made.drafts.get(draftId)).toBeUndefined();
    expect(made.contributions.get(handedIn.contribution.id)?.writers).toBe(3);
    expect(ended).toHaveBeenCalledWith(
      draftId,
      "handed_in",
      handedIn.contribution.id,
    );
  });

  test("is gone when it was discarded", () => {
    const made = board();
    tell(made, event("draft-discarded"));
    expect(made.drafts.size).toBe(0);
  });

  test("counts who writes in it, each once", () => {
    const made = board();
    tell(made, changed(1, ["نشر"]), changed(2, ["لا "]));
    expect(made.drafts.get(draftId)?.writers).toBe(1);
    tell(made, { ...changed(3, ["قد "]), who: me });
    expect(made.drafts.get(draftId)?.writers).toBe(2);
  });

  test("is found by its table", () => {
    const made = board();
    expect(made.drafts.ofTable(tableId)).toHaveLength(1);
    expect(made.drafts.ofTable(null)).toHaveLength(0);
  });

  test("of an expected result goes with its solution, and on its own when that ends without it", () => {
    const made = board();
    const result = "019a1f00-0000-7000-8000-000000000031";
    tell(made, event("draft-started-expected-result"));
    expect(made.drafts.resultOf(draftId)?.id).toBe(result);
    const table = made.drafts.get(draftId)?.table ?? null;
    expect(made.drafts.ofTable(table).map(({ id }) => id)).toEqual([draftId]);
    tell(made, { type: "draft.discarded", draft: draftId });
    expect(made.drafts.get(result)).not.toHaveProperty("result_of");
    expect(made.drafts.ofTable(tableId).map(({ id }) => id)).toEqual([result]);
  });

  test("of an expected result follows from what its solution became", () => {
    const made = board();
    tell(
      made,
      event("draft-started-expected-result"),
      event("draft-handed-in"),
    );
    const { contribution } = event("draft-handed-in") as unknown as {
      contribution: { id: string };
    };
    expect(
      made.drafts.get("019a1f00-0000-7000-8000-000000000031"),
    ).toMatchObject({
      follows_from: [contribution.id],
    });
  });
});
