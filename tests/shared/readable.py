"""Constructs that make a reader stop, found in the syntax tree; the linter has no rule for them."""

import ast
import re


def nested_conditions(tree):
    """`a if x else b if y else c`: use if statements, early returns or a dictionary."""
    for node in ast.walk(tree):
        if isinstance(node, ast.IfExp):
            parts = (node.test, node.body, node.orelse)
            if any(isinstance(inner, ast.IfExp) for part in parts for inner in ast.walk(part)):
                yield node, "a conditional expression inside another one"


def assignments_among_arguments(tree):
    """`f(x := g())`: give the value a line of its own."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            arguments = [*call.args, *(word.value for word in call.keywords)]
            for argument in arguments:
                for inner in ast.walk(argument):
                    if isinstance(inner, ast.NamedExpr):
                        yield inner, "an assignment among the arguments of a call"


def loops_that_are_conditions(tree):
    """`for x in (y,)` or `for x in xs if flag else ()`: use an assignment or an if."""
    for node in ast.walk(tree):
        if not isinstance(node, (ast.For, ast.comprehension)):
            continue
        over = node.iter
        written = over.elts if isinstance(over, (ast.Tuple, ast.List)) else []
        if len(written) == 1 and not isinstance(written[0], ast.Starred):
            yield over, "a loop over one element"
        if isinstance(over, ast.IfExp):
            empty = (over.body, over.orelse)
            if any(isinstance(part, ast.Tuple) and not part.elts for part in empty):
                yield over, "a loop that is a condition"


def is_condition(node):
    """Whether a node is written as a condition: `x > 0`, `a and b`, `not a`, `bool(a)`."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") == "bool"
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not)
    return isinstance(node, (ast.Compare, ast.BoolOp))


def arithmetic_with_conditions(tree):
    """`text * (x > 0)`, `[row] * bool(row)`: use an if. (Arrays of truth values are np.where's.)"""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            written = [part for part in (node.left, node.right) if is_condition(part)]
            if written:
                yield node, "a condition used as a number"


def private_imports(tree):
    """`from .other import _name`: what two files use has a public name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name.startswith("_") and alias.name != "__version__":
                    yield node, f"the private name {alias.name} of another file"


def tuples_with_names(tree):
    """Records are frozen dataclasses."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "namedtuple":
            yield node, "a namedtuple; records are frozen dataclasses"


def names_as_text(tree):
    """`globals().update(...)`, `getattr(x, computed)`: a reader cannot follow them."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", "")
        if name == "globals":
            yield node, "globals()"
        if name == "getattr" and isinstance(node.args[1], (ast.JoinedStr, ast.BinOp)):
            yield node, "getattr with a name made from text"


SIMPLE = (ast.Name, ast.Attribute, ast.Constant, ast.Subscript)


def several_statements(tree):
    """`a, b = f(x), []`: one statement a line.

    Names and items may share one, as in a swap, and the same call of two things: `a, b = f(x),
    f(y)`.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        target = node.targets[0]
        value = node.value
        if not isinstance(target, ast.Tuple) or not isinstance(value, ast.Tuple):
            continue
        if len(target.elts) != len(value.elts):
            continue
        simple = all(isinstance(part, SIMPLE) for part in value.elts)
        callers = [ast.dump(part.func) for part in value.elts if isinstance(part, ast.Call)]
        alike = len(callers) == len(value.elts) and len(set(callers)) == 1
        if not simple and not alike:
            yield node, "several assignments in one statement"


RULES = (
    nested_conditions,
    assignments_among_arguments,
    loops_that_are_conditions,
    arithmetic_with_conditions,
    private_imports,
    tuples_with_names,
    names_as_text,
    several_statements,
)


# `)  # why`: the formatter breaks a statement to make room for such a comment.
LATE_COMMENT = re.compile(r"\s*[)\]}]+:?,?\s+#(?! fmt| noqa| type)")


def late_comments(source):
    """Comments behind the bracket that closes a statement: they stand above it."""
    for line, text in enumerate(source.splitlines(), 1):
        if LATE_COMMENT.match(text):
            yield line, "a comment behind a closing bracket; put it above the statement"


# `x = (`, `    value  # why`, `)`: brackets that only the comment made necessary.
BRACKETED_COMMENT = re.compile(r"= \(\n +[^\n#]*[^\s#]  # [^\n]*\n *\)\n")


def bracketed_comments(source):
    """Comments that stand with a value in brackets of their own: they stand above the statement."""
    for found in BRACKETED_COMMENT.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        yield line, "brackets around a comment; put it above the statement"


def is_dataclass(node):
    """Whether a node is the class of a record."""
    if not isinstance(node, ast.ClassDef):
        return False
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)


def fields_without_comment(source):
    """Fields of records that say nothing of what they are: a comment stands behind the field or
    above it, or the docstring of the class has its name in `backticks`.
    """
    lines = source.splitlines()
    for record in filter(is_dataclass, ast.walk(ast.parse(source))):
        told = ast.get_docstring(record) or ""
        for field in record.body:
            if not isinstance(field, ast.AnnAssign):
                continue
            name = field.target.id
            own = lines[field.lineno - 1 : field.end_lineno]
            is_above = lines[field.lineno - 2].strip().startswith("#")
            if not is_above and f"`{name}" not in told and not any("#" in line for line in own):
                yield field.lineno, f"the field {name} of {record.name} without a comment"


def findings(path):
    """["file:line: what"] for one file, by line."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    found = {(node.lineno, text) for rule in RULES for node, text in rule(tree)}
    found |= set(late_comments(source))
    found |= set(bracketed_comments(source))
    return [f"{path}:{line}: {text}" for line, text in sorted(found)]
