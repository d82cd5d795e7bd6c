/** As GET /api/workshops/{workshop}/speaking tells it (schemas/http/openapi.yaml, Speaking). */
export interface Speaking {
  people: number;
  turns: number;
  spoken_ms: number;
  group_least: number;
  aspects: {
    aspect: 'gender' | 'age' | 'organisation' | 'table';
    groups: { of: string; people: number; turns: number; spoken_ms: number }[];
  }[];
}

export const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 100);
