"use strict";
// The arithmetic of the score, as the product's own: `data` is what the page was made with, `changes` what its reader tries.
// changes: {weights: {rule: number}, enforcement: {rule: word}, fixed: {rule: Set of resource indices}}

const SILENT = ["report", "off"];

function weightOf(data, rule, changes) {
  const enforcement = changes.enforcement[rule.id] ?? rule.enforcement;
  const own = changes.weights[rule.id] ?? rule.weight;
  return SILENT.includes(enforcement) ? 0 : own * data.categories[rule.category].weight;
}

function tallyOf(data, rule, changes) {
  const fixed = changes.fixed[rule.id] ?? new Set();
  const sums = {c: 0, n: 0, u: 0, ".": 0};
  for (let index = 0; index < rule.row.length; index++) {
    sums[fixed.has(index) ? "c" : rule.row[index]] += data.shares[index];
  }
  const known = sums.c + sums.n;
  return {category: rule.category, weight: weightOf(data, rule, changes), compliant: sums.c, known, unknown: sums.u, total: known + sums.u};
}

function mean(tallies, ratio) {
  const weights = tallies.reduce((sum, tally) => sum + tally.weight, 0);
  return tallies.length ? 100 * tallies.reduce((sum, tally) => sum + tally.weight * ratio(tally), 0) / weights : null;
}

function figuresOf(tallies) {
  return {
    fitness: mean(tallies.filter((tally) => tally.known > 0), (tally) => tally.compliant / tally.known),
    low: mean(tallies, (tally) => tally.compliant / tally.total),
    high: mean(tallies, (tally) => (tally.compliant + tally.unknown) / tally.total),
    coverage: mean(tallies, (tally) => tally.known / tally.total),
  };
}

function score(data, changes) {
  const tallies = data.rules.map((rule) => tallyOf(data, rule, changes)).filter((tally) => tally.weight > 0 && tally.total > 0);
  const categories = data.categories.map((_, index) => figuresOf(tallies.filter((tally) => tally.category === index)));
  return {...figuresOf(tallies), categories};
}
