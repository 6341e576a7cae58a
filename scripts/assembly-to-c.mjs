import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/*
 * Elementary functions are written once, in AssemblyScript, on vectors of 128 bits. Nothing in them looks across lanes, so the same
 * operations on wider vectors give the same bits: this prints them as C, where a vector has whatever width the C compiler is told.
 * The operations themselves (f32x4_add, ...) are macros of src/engine/native/vectors.ts.
 */

/** What C has its own words for, by file; the reductions of sine and cosine move lanes, and leave three variables. */
const left = {
  elementary32: ["reduce", "rotate", "nearestQuarter", "remainder64", "high", "low", "quarter"],
  elementary64: ["reduce", "rotate", "high", "low", "quarter"],
  series64: [],
  "quarter-turns": [],
};

const types = {
  v128: "v128",
  usize: "long",
  i32: "int32_t",
  u32: "uint32_t",
  u64: "uint64_t",
  i64: "int64_t",
  f32: "float",
  f64: "double",
};

const typeName = node => {
  const name = types[node.getText()];
  if (!name) throw new Error(`no C for the type ${node.getText()}`);
  return name;
};

/** One file of assembly/ as C. Names that it does not export get its own ending. Those of series64 are parts of functions, for which a call is much. */
export const translate = (folder, name) => {
  const source = ts.createSourceFile(
    name,
    readFileSync(join(folder, `${name}.ts`), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const ending = `_${name.replace("-", "_")}`;
  const own = new Map();
  const isLeft = node => left[name].includes(node.name.text);
  const isExported = node => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
  for (const statement of source.statements)
    if (ts.isFunctionDeclaration(statement) && !isLeft(statement))
      own.set(statement.name.text, isExported(statement) ? statement.name.text : statement.name.text + ending);

  const expression = node => {
    if (ts.isParenthesizedExpression(node)) return `(${expression(node.expression)})`;
    if (ts.isNumericLiteral(node) || ts.isIdentifier(node)) return own.get(node.getText()) ?? node.getText();
    if (ts.isTypeAssertionExpression(node)) return `(${typeName(node.type)})${expression(node.expression)}`;
    if (ts.isPrefixUnaryExpression(node)) return `${ts.tokenToString(node.operator)}${expression(node.operand)}`;
    if (ts.isPostfixUnaryExpression(node)) return `${expression(node.operand)}${ts.tokenToString(node.operator)}`;
    if (ts.isBinaryExpression(node))
      return `${expression(node.left)} ${node.operatorToken.getText()} ${expression(node.right)}`;
    if (ts.isConditionalExpression(node))
      return `${expression(node.condition)} ? ${expression(node.whenTrue)} : ${expression(node.whenFalse)}`;
    if (ts.isCallExpression(node)) {
      const called = node.expression;
      const values = node.arguments.map(expression).join(", ");
      if (ts.isPropertyAccessExpression(called))
        return `${called.expression.getText()}_${called.name.getText()}(${values})`;
      if (called.getText() in types) return `(${types[called.getText()]})(${values})`;
      if (called.getText() === "reinterpret") return `as_${node.typeArguments[0].getText()}(${values})`;
      return `${own.get(called.getText()) ?? called.getText()}(${values})`;
    }
    throw new Error(`${name}: no C for ${ts.SyntaxKind[node.kind]}: ${node.getText()}`);
  };
  const statement = node => {
    if (ts.isBlock(node)) return `{ ${node.statements.map(statement).join(" ")} }`;
    if (ts.isReturnStatement(node)) return `return ${expression(node.expression)};`;
    if (ts.isExpressionStatement(node)) return `${expression(node.expression)};`;
    if (ts.isVariableStatement(node))
      return node.declarationList.declarations
        .map(
          ({ name: own, type, initializer }) =>
            `${type ? typeName(type) : "__auto_type"} ${own.getText()} = ${expression(initializer)};`,
        )
        .join(" ");
    if (ts.isIfStatement(node))
      return `if (${expression(node.expression)}) ${statement(node.thenStatement)}${
        node.elseStatement ? ` else ${statement(node.elseStatement)}` : ""
      }`;
    if (ts.isSwitchStatement(node))
      return `switch (${expression(node.expression)}) { ${node.caseBlock.clauses
        .map(clause => `case ${expression(clause.expression)}: ${clause.statements.map(statement).join(" ")}`)
        .join(" ")} }`;
    throw new Error(`${name}: no C for ${ts.SyntaxKind[node.kind]}: ${node.getText()}`);
  };

  const [heads, constants, bodies] = [[], [], []];
  for (const node of source.statements) {
    if (ts.isImportDeclaration(node)) continue;
    if (ts.isFunctionDeclaration(node)) {
      if (isLeft(node)) continue;
      const parameters = node.parameters.map(({ name, type }) => `${typeName(type)} ${name.getText()}`).join(", ");
      const kind = name === "series64" ? "inline __attribute__((always_inline))" : isExported(node) ? "ONCE" : "inline";
      const head = `static ${kind} ${typeName(node.type)} ${own.get(node.name.text)}(${parameters})`;
      heads.push(`${head};`);
      bodies.push(`${head} { ${node.body.statements.map(statement).join(" ")} }`);
    } else if (ts.isVariableStatement(node)) {
      const isConstant = (node.declarationList.flags & ts.NodeFlags.Const) !== 0;
      for (const declaration of node.declarationList.declarations) {
        if (isLeft(declaration)) continue;
        const { name, type, initializer } = declaration;
        // Threads of one process share what a library holds.
        const kind = isConstant ? "static const" : "static __thread";
        constants.push(`${kind} ${typeName(type)} ${name.getText()} = ${expression(initializer)};`);
      }
    } else if (!ts.isEmptyStatement(node) && !ts.isExpressionStatement(node))
      throw new Error(`${name}: no C for ${ts.SyntaxKind[node.kind]}`);
  }
  return [...constants, ...heads, ...bodies].join("\n");
};

export const translated = Object.keys(left);
