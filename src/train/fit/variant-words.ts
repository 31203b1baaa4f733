// In: a catalogue's titles and prices. Out: the words that tell variants of one thing apart. Runs in Node.
import { toTitleWords } from './title-words.js';

/** Colours, sizes, packings and the small words about them: what tells variants apart in any shop, in eight of the widget's languages. */
const LISTED = new Set(
  [
    'black white red blue green yellow pink purple violet orange brown grey gray ivory cream beige silver gold golden copper turquoise navy',
    'aqua lilac multi multicolour multicolor colour color coloured assorted asstd clear dark light pale',
    'xs s m l xl xxl xxxl small medium large mini big set pack box pair piece pcs of with and the in size single double',
    'schwarz weiss rot blau grun gelb rosa lila braun grau silber turkis bunt hell dunkel klein mittel gross er stuck packung und mit von der die das in grosse',
    'noir noire blanc blanche rouge bleu bleue vert verte jaune rose gris grise argent marron petit petite moyen grand grande lot de du des et le la avec taille',
    'negro negra blanco blanca rojo roja azul verde amarillo amarilla rosado gris plata dorado marron pequeno mediano grande juego el con talla y',
    'nero nera bianco bianca rosso rossa blu giallo gialla grigio argento oro piccolo medio confezione di da e il per taglia',
    'zwart wit rood blauw groen geel paars bruin grijs zilver goud klein middel groot stuks van en het een met maat',
    'preto preta branco branca vermelho vermelha amarelo cinza prata dourado pequeno medio conjunto do com tamanho',
    'svart vit rod bla gron gul brun gra silver liten mellan stor och av med',
  ].flatMap((words) => toTitleWords(words)),
);

/** Places in titles at which a word has stood for another before it is called a variant word. */
const LEAST_PLACES = 4;
/** That many of a word's occurrences are at such places: "mint" is, "card" is not. */
const LEAST_SHARE = 0.08;
/** What it is exchanged for costs the same that often: a plate and a mug of one pattern do not, a red mug and a blue one do. */
const SAME_PRICE_SHARE = 0.75;
/** Prices this close are the same, as a share of the higher. */
const PRICE_TOLERANCE = 0.1;
/** Titles that fit one place of a title are compared with no more than this many others. */
const MAX_COMPARED = 100;

/** Whether two prices are the same to a shopper; never where one is unknown. */
export function isSamePrice(a: number, b: number): boolean {
  return Math.abs(a - b) <= PRICE_TOLERANCE * Math.max(a, b);
}

/**
 * Tells variant words: listed ones, numbers with or without a unit, and those that the catalogue itself exchanges in titles that
 * are else the same, at the same price, whatever its language ("lunch bag spaceboy" and "lunch bag suki").
 *
 * @param titles words in order @param prices `[titles]` NaN where unknown: nothing is learnt from these
 */
export function learnVariantWords(titles: readonly (readonly string[])[], prices: ArrayLike<number>): (word: string) => boolean {
  const exchanged = new Map<string, { places: number; samePrice: number }>();
  for (const place of placesOf(titles).values()) {
    for (const title of place.titles) {
      const word = titles[title]?.[place.at] as string;
      const others = place.titles.slice(0, MAX_COMPARED).filter((other) => titles[other]?.[place.at] !== word);
      if (others.length === 0) continue;
      const same = others.filter((other) => isSamePrice(prices[title] as number, prices[other] as number)).length;
      const known = exchanged.get(word) ?? { places: 0, samePrice: 0 };
      exchanged.set(word, { places: known.places + 1, samePrice: known.samePrice + same / others.length });
    }
  }
  const uses = new Map<string, number>();
  for (const word of titles.flatMap((words) => [...new Set(words)])) uses.set(word, (uses.get(word) ?? 0) + 1);
  return (word) => {
    if (LISTED.has(word) || /^\p{N}/u.test(word)) return true;
    const { places = 0, samePrice = 0 } = exchanged.get(word) ?? {};
    const isOften = places >= LEAST_PLACES && places >= LEAST_SHARE * (uses.get(word) ?? 0);
    return isOften && samePrice >= SAME_PRICE_SHARE * places;
  };
}

/** Titles by what is left of them without one word; titles of two words say too little without one. */
function placesOf(titles: readonly (readonly string[])[]): Map<string, { readonly at: number; readonly titles: number[] }> {
  const places = new Map<string, { readonly at: number; readonly titles: number[] }>();
  for (const [title, words] of titles.entries()) {
    if (words.length < 3) continue;
    for (let at = 0; at < words.length; at++) {
      const key = words.with(at, '*').join(' ');
      const place = places.get(key);
      if (place) place.titles.push(title);
      else places.set(key, { at, titles: [title] });
    }
  }
  return places;
}
