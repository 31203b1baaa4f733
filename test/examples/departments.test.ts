import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog, type Product } from '../../examples/gift-shop/catalog/catalog.mjs';
import { departmentOf, departments } from '../../examples/gift-shop/catalog/departments.mjs';

let products: Product[];

beforeAll(async () => {
  products = await loadCatalog();
});

describe('departmentOf', () => {
  it('knows a department for more than 95 % of the titles', () => {
    const rest = products.filter(({ category }) => category === 'More gifts');
    expect(rest.length / products.length).toBeLessThan(0.05);
  });

  it('leaves no department with less than 3 % of the products or more than 20 %', () => {
    for (const { name } of departments.slice(0, -1)) {
      const share = products.filter(({ category }) => category === name).length / products.length;
      expect(share, name).toBeGreaterThan(0.03);
      expect(share, name).toBeLessThan(0.2);
    }
  });

  it.each([
    ['JUMBO BAG RED RETROSPOT', 'Bags & travel'],
    ['FAWN BLUE HOT WATER BOTTLE', 'Home & storage'],
    ['GLASS APOTHECARY BOTTLE PERFUME', 'Tea & table'],
    ['CHRISTMAS TREE T-LIGHT HOLDER', 'Christmas'],
    ['WHITE HANGING HEART T-LIGHT HOLDER', 'Candles & light'],
    ['FAIRY CAKE NOTEBOOK A5 SIZE', 'Cards, paper & craft'],
    ['NECKLACE+BRACELET SET FRUIT SALAD', 'Jewellery'],
    ['SOMBRERO', 'More gifts'],
  ])('puts "%s" into %s', (title, department) => {
    expect(departmentOf(title)).toBe(department);
  });

  it('finds a keyword only as a word: a spring is no ring', () => {
    expect(departmentOf('SPRING')).toBe('More gifts');
  });

  it('ignores case and repeated blanks', () => {
    expect(departmentOf('fawn blue hot  water bottle')).toBe('Home & storage');
  });
});

describe('departments', () => {
  it('have names and slugs of their own, with the rest at the end', () => {
    expect(new Set(departments.map(({ name }) => name)).size).toBe(departments.length);
    expect(new Set(departments.map(({ slug }) => slug)).size).toBe(departments.length);
    for (const { slug } of departments) expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(departments.at(-1)).toEqual({ name: 'More gifts', slug: 'more-gifts' });
  });
});
