import { describe, expect, test } from "vitest";
import {
  daysFrom,
  daysOf,
  formDays,
  stageOf,
} from "../../../client-web/src/console/written/days";

const at = (time: string) => Date.parse(time);

describe("the days of a written consultation", () => {
  test("begin and end at midnight of UTC", () => {
    expect(formDays({ first: "2026-12-01", last: "2026-12-30" })).toEqual({
      opens_at: at("2026-12-01T00:00:00Z"),
      closes_at: at("2026-12-31T00:00:00Z"),
    });
  });

  test("are the same days again", () => {
    for (const days of [
      { first: "2026-12-31", last: "2027-01-01" },
      { first: "2027-02-01", last: "2027-03-20" },
      { first: "2028-02-29", last: "2028-02-29" },
    ])
      expect(daysOf(formDays(days)!)).toEqual(days);
  });

  test("are none while one of them is missing", () => {
    expect(formDays({ first: "", last: "2026-12-30" })).toBe(null);
    expect(formDays({ first: "2026-12-30", last: "" })).toBe(null);
  });

  test("are thirty from today on, today included", () => {
    expect(daysFrom(at("2026-12-01T10:00:00Z"), 30)).toEqual({
      first: "2026-12-01",
      last: "2026-12-30",
    });
  });

  test("are over from the very moment that they close", () => {
    const days = { opens_at: 10, closes_at: 20 };
    expect([9, 10, 19, 20].map((now) => stageOf(days, now))).toEqual([
      "soon",
      "open",
      "open",
      "over",
    ]);
  });
});
