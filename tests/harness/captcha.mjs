// SPDX-License-Identifier: BSD-2-Clause
// captcha.mjs - a person who answers the captcha's question in words, in each language.
import { unescapeHtml } from './http.mjs';

const NUMBERS = {
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  fr: ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
  pt: ['zero', 'um', 'dois', 'três', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove'],
  es: ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'],
};

/** The question on a page. */
export function questionOf(html) {
  return unescapeHtml(/captcha-help[\s\S]*?<strong>([^<]*)<\/strong>/.exec(html)[1]);
}

/** The answer to it: of the four number words, the first two are added. */
export function answerOf(html, language = 'en') {
  const words = questionOf(html).slice(questionOf(html).indexOf(':') + 1).toLowerCase().match(/\p{L}+/gu);
  const found = words.map((word) => NUMBERS[language].indexOf(word)).filter((number) => number >= 0);
  if (found.length !== 4) throw new Error(`not understood: ${questionOf(html)}`);
  return `${found[0] + found[1]}${found[2]}${found[3]}`;
}
