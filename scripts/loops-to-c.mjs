import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/*
 * Loops that are run as JavaScript and, where there is a compiler, as native code are written once, in TypeScript: this prints them as C. Of the language they
 * use typed arrays, numbers, `for`, `while`, `if`, `?:`, Math.sqrt, Math.min of integers and functions of src/numerics/in-blocks.ts. Numbers are doubles, those of the types i32 and u32 and
 * the counters of loops integers; a division is always one of doubles, and >>> one of words. A loop that takes a function, of a type that has a name, is called
 * by other loops with one of theirs, of which the C compiler makes a loop of its own; `(...rest: Rest<typeof loop>)` are all parameters of such a loop but the function.
 */

const types = {
  number: "double",
  i32: "int32_t",
  u32: "uint32_t",
  Float64Array: "double *restrict",
  Int32Array: "int32_t *restrict",
  Uint32Array: "uint32_t *restrict",
  Uint8Array: "unsigned char *restrict",
};

/** Names of variables that C would take for types. */
const reserved = new Set(["auto", "char", "double", "float", "int", "long", "short", "signed", "unsigned"]);

/** The same types, as koffi calls them. */
const foreign = {
  number: "double",
  i32: "int32_t",
  Float64Array: "double *",
  Int32Array: "int32_t *",
  Uint32Array: "uint32_t *",
  Uint8Array: "uint8_t *",
};

const parse = path => ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);

/** Files that a file imports. */
const importsOf = (path, source) =>
  source.statements
    .filter(ts.isImportDeclaration)
    .map(({ moduleSpecifier }) => join(dirname(path), moduleSpecifier.text));

export const loopsToC = path => {
  const source = parse(path);
  const imports = importsOf(path, source);
  const fail = node => {
    throw new Error(`${path}: no C for ${ts.SyntaxKind[node.kind]}: ${node.getText()}`);
  };
  const typeOf = (node, names) => names[node.getText()] ?? fail(node);
  const loopNamed = node =>
    [source, ...imports.map(parse)]
      .flatMap(({ statements }) => statements.filter(ts.isVariableStatement))
      .flatMap(({ declarationList }) => declarationList.declarations)
      .find(({ name }) => name.getText() === node.getText())?.initializer ?? fail(node);
  /** The parameters of a loop, and those that another one's rest stands for. */
  const parametersOf = ({ parameters: [...own] }) => {
    const rest = own.at(-1)?.dotDotDotToken && own.pop();
    if (!rest) return { own, rest: [] };
    const [other] = rest.type.typeArguments ?? [];
    if (rest.type.typeName?.getText() !== "Rest" || !ts.isTypeQueryNode(other)) fail(rest);
    return { own, rest: loopNamed(other.exprName).parameters.slice(1) };
  };
  /** What a spread argument stands for in the loop that is being printed. */
  let spread = [];

  const expression = node => {
    if (ts.isParenthesizedExpression(node)) return `(${expression(node.expression)})`;
    if (ts.isNumericLiteral(node) || ts.isIdentifier(node)) return node.getText();
    if (ts.isPrefixUnaryExpression(node)) return `${ts.tokenToString(node.operator)}${expression(node.operand)}`;
    if (ts.isPostfixUnaryExpression(node)) return `${expression(node.operand)}${ts.tokenToString(node.operator)}`;
    if (ts.isElementAccessExpression(node))
      return `${expression(node.expression)}[${expression(node.argumentExpression)}]`;
    if (ts.isConditionalExpression(node))
      return `(${expression(node.condition)} ? ${expression(node.whenTrue)} : ${expression(node.whenFalse)})`;
    // Of integers, which are neither not-a-number nor minus zero.
    if (ts.isCallExpression(node) && node.expression.getText() === "Math.min") {
      const [a, b] = node.arguments.map(expression);
      return `((${a}) < (${b}) ? (${a}) : (${b}))`;
    }
    if (ts.isCallExpression(node) && node.expression.getText() === "Math.sqrt")
      return `__builtin_sqrt(${expression(node.arguments[0])})`;
    if (ts.isSpreadElement(node)) return spread.map(({ name }) => name.getText()).join(", ");
    if (ts.isCallExpression(node)) return `${node.expression.getText()}(${node.arguments.map(expression).join(", ")})`;
    if (ts.isBinaryExpression(node)) {
      const [left, right] = [expression(node.left), expression(node.right)];
      const operator = node.operatorToken.getText();
      const quotient = `((double)(${left}) / (double)(${right}))`;
      if (operator === "/") return quotient;
      if (operator === "/=") return `${left} = ${quotient}`;
      return `${left} ${{ "===": "==", "!==": "!=", ">>>": ">>" }[operator] ?? operator} ${right}`;
    }
    return fail(node);
  };
  const declarations = (list, kind) =>
    list.declarations
      .map(declaration => {
        const { name, type, initializer } = declaration;
        if (reserved.has(name.getText())) fail(declaration);
        const own = type ? typeOf(type, types) : kind;
        return `${own} ${name.getText()} = ${expression(initializer)};`;
      })
      .join(" ");
  const statement = node => {
    if (ts.isBlock(node)) return `{\n${node.statements.map(statement).join("\n")}\n}`;
    if (ts.isReturnStatement(node)) return `return ${expression(node.expression)};`;
    if (ts.isExpressionStatement(node)) return `${expression(node.expression)};`;
    if (ts.isContinueStatement(node)) return "continue;";
    if (ts.isVariableStatement(node)) return declarations(node.declarationList, "double");
    if (ts.isIfStatement(node))
      return `if (${expression(node.expression)}) ${statement(node.thenStatement)}${
        node.elseStatement ? ` else ${statement(node.elseStatement)}` : ""
      }`;
    if (ts.isWhileStatement(node)) return `while (${expression(node.expression)}) ${statement(node.statement)}`;
    if (ts.isForStatement(node))
      return `for (${declarations(node.initializer, "int32_t")} ${expression(node.condition)}; ${expression(node.incrementor)}) ${statement(node.statement)}`;
    return fail(node);
  };

  const [functions, parameters] = [[], {}];
  /** Types of functions by their names. */
  const ofFunctions = {};
  for (const node of source.statements) {
    if (ts.isImportDeclaration(node)) continue;
    if (ts.isTypeAliasDeclaration(node) && ts.isFunctionTypeNode(node.type)) {
      const takes = node.type.parameters.map(({ type }) => typeOf(type, types));
      const name = node.name.getText();
      ofFunctions[name] = name;
      functions.push(`typedef ${typeOf(node.type.type, types)} (*${name})(${takes.join(", ")});`);
      continue;
    }
    if (!ts.isVariableStatement(node)) fail(node);
    for (const { name, initializer } of node.declarationList.declarations) {
      if (!ts.isArrowFunction(initializer)) fail(node);
      const takesFunction = initializer.parameters.some(({ type }) => type.getText() in ofFunctions);
      const isCalledFromOutside =
        !takesFunction && (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);
      const names = { ...types, ...ofFunctions };
      const { own: named, rest } = parametersOf(initializer);
      const all = [...named, ...rest];
      spread = rest;
      const own = all.map(({ name, type }) => `${typeOf(type, names)} ${name.getText()}`).join(", ");
      const result = initializer.type.getText() === "void" ? "void" : typeOf(initializer.type, types);
      const body = ts.isBlock(initializer.body)
        ? statement(initializer.body)
        : `{ return ${expression(initializer.body)}; }`;
      const kind = isCalledFromOutside
        ? ""
        : takesFunction
          ? "static inline __attribute__((always_inline)) "
          : "static inline ";
      const head = `${kind}${result} ${name.getText()}`;
      functions.push(`${head}(${own}) ${body}`);
      if (isCalledFromOutside) parameters[name.getText()] = all.map(({ type }) => typeOf(type, foreign));
    }
  }
  return { source: functions.join("\n"), parameters, imports };
};
