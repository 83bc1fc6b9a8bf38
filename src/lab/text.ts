/** A text for people. Both languages are always there: a missing translation does not compile. */
export interface Text {
  readonly de: string;
  readonly en: string;
}

export type Language = keyof Text;

export const languages = ['de', 'en'] as const satisfies readonly Language[];
