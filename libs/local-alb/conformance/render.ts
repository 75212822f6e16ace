import { type Citation } from './citations.ts';
import { type Fact } from './fact.ts';
import { chapters } from './facts.ts';

const preface = `# What holds of an Application Load Balancer here

Each row is one thing that is known of an Application Load Balancer, and the tests of \`libs/local-alb\` that hold it. A test
says so in its title; this page is made from the titles, and a test fails when it is not up to date:

\`\`\`sh
node --conditions=@gatehouse/source --import tsx libs/local-alb/conformance/write.ts
\`\`\`

**D** is documented by AWS, **R** reported by third parties, **T** tried on real tokens, **U** uncertain. What is uncertain
is a switch of \`LocalAlbOptions.switches\` where more than one answer makes sense, with the default and its reason.
`;

/** The page. */
export function renderConformance(citations: readonly Citation[]): string {
  const parts = chapters.map(({ title, facts }) => {
    const rows = facts.map((fact) =>
      row(
        fact,
        citations.filter(({ id }) => id === fact.id),
      ),
    );
    return [`## ${title}`, '', '|   |   | what | here |', '| - | - | ---- | ---- |', ...rows, ''].join('\n');
  });
  return [preface, ...parts].join('\n');
}

function row(fact: Fact, citations: readonly Citation[]): string {
  return `| ${fact.id} | ${fact.mark} | ${cell(fact.text)} | ${cell(here(fact, citations))} |`;
}

function here(fact: Fact, citations: readonly Citation[]): string {
  const tests = citations.map(({ test, file }) => `${test} (${file.replace(/^.*\//, '').replace('.spec.ts', '')})`);
  switch (fact.kind) {
    case 'chosen':
      return `${fact.option === undefined ? '' : `switch \`${fact.option}\`, `}${fact.chosen}: ${fact.why}. ${tests.join('; ')}`;
    case 'held':
      return tests.join('; ');
  }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
