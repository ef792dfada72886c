import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as ts from 'typescript';

/** Compiled schemas and tables hold no text of their own; the schemas are read as data. */
const GENERATED = /(?:validators|structs)\.ts$/;
/** Two words or more. */
const PROSE = /[A-Za-z]\S* \S*[A-Za-z]/;

/**
 * Returns the texts of a folder that a person may read, file by file and in their order: every string of two words or
 * more, with values as `{name}`.
 */
export function textsOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !GENERATED.test(name))
    .map((name) => name.split(sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => {
      const texts = textsIn(join(folder, name));
      return texts.length === 0 ? [] : [`${name}\n${texts.map((text) => `  ${text}\n`).join('')}`];
    })
    .join('\n');
}

function textsIn(path: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text === undefined) {
      node.forEachChild(visit);
    } else {
      if (PROSE.test(text)) {
        texts.push(text.replaceAll('\n', '\\n'));
      }
      valuesIn(node).forEach(visit);
    }
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  return texts;
}

/** The text of a literal, a template or a sum of them. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return ts.isImportDeclaration(node.parent) || ts.isLiteralTypeNode(node.parent) ? undefined : node.text;
  }
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ expression, literal }) => `{${nameOf(expression)}}${literal.text}`);
    return [node.head.text, ...spans].join('');
  }
  if (ts.isParenthesizedExpression(node)) {
    return textOf(node.expression);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

/** What a message shows: `name` for `name`, `one.name`, `quote(name)` and `JSON.stringify(one.name)`. */
function nameOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) {
    return node.text;
  }
  if (ts.isPropertyAccessExpression(node)) {
    return node.name.text;
  }
  if (ts.isCallExpression(node)) {
    return node.arguments.length > 0 ? nameOf(node.arguments[0]) : nameOf(node.expression);
  }
  return '…';
}

/** The expressions in the placeholders of a text, which may hold further texts. */
function valuesIn(node: ts.Node): readonly ts.Node[] {
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.map(({ expression }) => expression);
  }
  if (ts.isParenthesizedExpression(node)) {
    return valuesIn(node.expression);
  }
  return ts.isBinaryExpression(node) ? [...valuesIn(node.left), ...valuesIn(node.right)] : [];
}
