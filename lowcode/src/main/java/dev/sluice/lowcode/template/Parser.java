package dev.sluice.lowcode.template;

import dev.sluice.lowcode.template.Token.Kind;
import dev.sluice.lowcode.value.Literals;
import dev.sluice.lowcode.value.None;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions: what stands between the marks of a template. */
class Parser {
    private static final int MOST_DEPTH = 120;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final List<Token> tokens;
    private final Set<String> used = new LinkedHashSet<>();
    private int at;
    private int depth;

    Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The names that the template reads. */
    final Set<String> used() {
        return used;
    }

    final Token peek() {
        return tokens.get(at);
    }

    final Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.LAST) {
            at++;
        }
        return token;
    }

    final boolean isOperator(String operator) {
        return peek().is(Kind.OPERATOR, operator);
    }

    final boolean isName(String name) {
        return peek().is(Kind.NAME, name);
    }

    final boolean eat(String operator) {
        if (isOperator(operator)) {
            at++;
            return true;
        }
        return false;
    }

    final boolean eatName(String name) {
        if (isName(name)) {
            at++;
            return true;
        }
        return false;
    }

    final void expect(String operator) {
        if (!eat(operator)) {
            throw unexpected("\"" + operator + "\"");
        }
    }

    final String expectName() {
        if (peek().kind() != Kind.NAME) {
            throw unexpected("a name");
        }
        return next().text();
    }

    final void expectEnd() {
        if (next().kind() != Kind.END) {
            at--;
            throw unexpected("the end of the expression");
        }
    }

    final TemplateException unexpected(String wanted) {
        Token token = peek();
        String found = token.kind() == Kind.LAST || token.kind() == Kind.END ? "the end" : "\"" + token.text() + "\"";
        return new TemplateException(wanted + " is expected, not " + found, token.at());
    }

    /** An expression, or several with commas between them. */
    final Node expressions() {
        Node first = expression();
        if (!isOperator(",")) {
            return first;
        }
        List<Node> items = new ArrayList<>(List.of(first));
        while (eat(",")) {
            if (peek().kind() == Kind.END || isOperator("=")) {
                break;
            }
            items.add(expression());
        }
        return new Node.TupleOf(items);
    }

    final Node expression() {
        if (++depth > MOST_DEPTH) {
            throw new TemplateException("the expression is more than " + MOST_DEPTH + " levels deep", peek().at());
        }
        Node result = or();
        while (eatName("if")) {
            Node test = or();
            result = new Node.Conditional(result, test, eatName("else") ? expression() : null);
        }
        depth--;
        return result;
    }

    final Node or() {
        Node left = and();
        while (eatName("or")) {
            left = new Node.Logic(false, left, and());
        }
        return left;
    }

    private Node and() {
        Node left = not();
        while (eatName("and")) {
            left = new Node.Logic(true, left, not());
        }
        return left;
    }

    private Node not() {
        if (eatName("not")) {
            if (++depth > MOST_DEPTH) {
                throw new TemplateException("too many nots", peek().at());
            }
            Node inner = new Node.Not(not());
            depth--;
            return inner;
        }
        return comparison();
    }

    private Node comparison() {
        Node first = sum();
        List<String> operators = new ArrayList<>();
        List<Node> others = new ArrayList<>();
        while (true) {
            Token token = peek();
            if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                operators.add(next().text());
            } else if (eatName("in")) {
                operators.add("in");
            } else if (isName("not") && tokens.get(at + 1).is(Kind.NAME, "in")) {
                at += 2;
                operators.add("not in");
            } else {
                return operators.isEmpty() ? first : new Node.Compare(first, operators, others);
            }
            others.add(sum());
        }
    }

    private Node sum() {
        Node left = concat();
        while (isOperator("+") || isOperator("-")) {
            left = new Node.Binary(next().text(), left, concat());
        }
        return left;
    }

    private Node concat() {
        Node first = product();
        if (!isOperator("~")) {
            return first;
        }
        List<Node> parts = new ArrayList<>(List.of(first));
        while (eat("~")) {
            parts.add(product());
        }
        return new Node.Concat(parts);
    }

    private Node product() {
        Node left = power();
        while (isOperator("*") || isOperator("/") || isOperator("//") || isOperator("%")) {
            left = new Node.Binary(next().text(), left, power());
        }
        return left;
    }

    private Node power() {
        Node left = unary(true);
        while (eat("**")) {
            left = new Node.Binary("**", left, unary(true));
        }
        return left;
    }

    private Node unary(boolean filtered) {
        if (++depth > MOST_DEPTH) {
            throw new TemplateException("too many signs or brackets", peek().at());
        }
        Node node;
        if (eat("-")) {
            node = new Node.Sign(true, unary(false));
        } else if (eat("+")) {
            node = new Node.Sign(false, unary(false));
        } else {
            node = primary();
        }
        node = postfix(node);
        Node result = filtered ? filters(node) : node;
        depth--;
        return result;
    }

    private Node primary() {
        Token token = next();
        return switch (token.kind()) {
            case NAME -> name(token.text());
            case STRING -> {
                StringBuilder text = new StringBuilder(token.text());
                while (peek().kind() == Kind.STRING) {
                    text.append(next().text());
                }
                yield new Node.Constant(text.toString());
            }
            case INTEGER, FLOAT -> number(token);
            case OPERATOR -> bracket(token);
            case TEXT, OUTPUT, STATEMENT, END, LAST -> {
                at--;
                throw unexpected("a value");
            }
        };
    }

    private static Node number(Token token) {
        return new Node.Constant(Literals.read(token.text())
                .orElseThrow(() -> new TemplateException(token.text() + " is not a number", token.at())));
    }

    private Node name(String name) {
        return switch (name) {
            case "true", "True" -> new Node.Constant(true);
            case "false", "False" -> new Node.Constant(false);
            case "none", "None" -> new Node.Constant(None.NONE);
            default -> {
                used.add(name);
                yield new Node.Name(name);
            }
        };
    }

    private Node bracket(Token token) {
        return switch (token.text()) {
            case "(" -> parenthesis();
            case "[" -> {
                List<Node> items = new ArrayList<>();
                while (!isOperator("]")) {
                    items.add(expression());
                    if (!eat(",")) {
                        break;
                    }
                }
                expect("]");
                yield new Node.ListOf(items);
            }
            case "{" -> map();
            default -> {
                at--;
                throw unexpected("a value");
            }
        };
    }

    private Node parenthesis() {
        List<Node> items = new ArrayList<>();
        boolean tuple = isOperator(")");
        while (!isOperator(")")) {
            items.add(expression());
            if (!eat(",")) {
                break;
            }
            tuple = true;
        }
        expect(")");
        return tuple ? new Node.TupleOf(items) : items.getFirst();
    }

    private Node map() {
        List<Node> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        while (!isOperator("}")) {
            keys.add(expression());
            expect(":");
            values.add(expression());
            if (!eat(",")) {
                break;
            }
        }
        expect("}");
        return new Node.MapOf(keys, values);
    }

    private Node postfix(Node start) {
        Node node = start;
        while (true) {
            if (eat(".")) {
                Token member = next();
                node = switch (member.kind()) {
                    case NAME -> new Node.Attribute(node, member.text());
                    case INTEGER -> new Node.Item(node, number(member));
                    default -> {
                        at--;
                        throw unexpected("a name");
                    }
                };
            } else if (eat("[")) {
                node = subscript(node);
            } else if (eat("(")) {
                node = call(node);
            } else {
                return node;
            }
        }
    }

    private Node subscript(Node of) {
        Node from = isOperator(":") ? null : expression();
        if (!isOperator(":")) {
            expect("]");
            return new Node.Item(of, from == null ? new Node.Constant(None.NONE) : from);
        }
        expect(":");
        Node to = isOperator(":") || isOperator("]") ? null : expression();
        Node step = eat(":") && !isOperator("]") ? expression() : null;
        expect("]");
        return new Node.Slice(of, from, to, step);
    }

    private Node call(Node of) {
        List<Node> positional = new ArrayList<>();
        Map<String, Node> named = new LinkedHashMap<>();
        arguments(positional, named);
        return new Node.Call(of, positional, named);
    }

    private void arguments(List<Node> positional, Map<String, Node> named) {
        while (!isOperator(")")) {
            if (peek().kind() == Kind.NAME && tokens.get(at + 1).is(Kind.OPERATOR, "=")) {
                String name = next().text();
                expect("=");
                named.put(name, expression());
            } else {
                positional.add(expression());
            }
            if (!eat(",")) {
                break;
            }
        }
        expect(")");
    }

    private Node filters(Node start) {
        Node node = start;
        while (true) {
            if (eat("|")) {
                String name = expectName();
                List<Node> positional = new ArrayList<>();
                Map<String, Node> named = new LinkedHashMap<>();
                if (eat("(")) {
                    arguments(positional, named);
                }
                node = new Node.Filter(node, name, positional, named);
            } else if (eatName("is")) {
                node = test(node);
            } else if (eat("(")) {
                node = call(node);
            } else {
                return node;
            }
        }
    }

    private Node test(Node of) {
        boolean negated = eatName("not");
        String name = expectName();
        List<Node> arguments = new ArrayList<>();
        if (eat("(")) {
            arguments(arguments, new LinkedHashMap<>());
        } else if (startsArgument()) {
            arguments.add(postfix(primary()));
        }
        Node test = new Node.Test(of, name, arguments);
        return negated ? new Node.Not(test) : test;
    }

    private boolean startsArgument() {
        Token token = peek();
        return switch (token.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME -> !Set.of("else", "or", "and", "is", "if", "in", "not").contains(token.text());
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            case TEXT, OUTPUT, STATEMENT, END, LAST -> false;
        };
    }

    final @Nullable Node optionalAfter(String name) {
        return eatName(name) ? or() : null;
    }
}
