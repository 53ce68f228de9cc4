package dev.sluice.engine.expr;

import dev.sluice.engine.expr.Lexer.Kind;
import dev.sluice.engine.expr.Lexer.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression by recursive descent. From loose to tight: {@code or}, {@code and}, {@code not}, comparisons,
 * {@code + - ||}, {@code * / %}, a sign.
 */
final class Parser {
    private static final int DEEPEST = 100;
    private static final int MOST_OPERATIONS = 2_000;
    private static final Set<String> RESERVED = Set.of(
            "and", "or", "not", "is", "in", "null", "true", "false", "case", "when", "then", "else", "end", "cast",
            "as");
    private static final Set<String> COMPARISONS = Set.of("=", "==", "<>", "!=", "<", "<=", ">", ">=");

    private final List<Token> tokens;
    private int next;
    private int depth;
    private int operations;

    Parser(String text) {
        tokens = Lexer.tokens(text);
    }

    Syntax parse() {
        Syntax whole = expression();
        if (peek().kind() != Kind.END) {
            throw Mistakes.of("`" + peek().text() + "` is not expected here", peek().at());
        }
        return whole;
    }

    private Syntax expression() {
        if (++depth > DEEPEST) {
            throw Mistakes.of("the expression is nested more than " + DEEPEST + " levels deep", peek().at());
        }
        Syntax left = conjunction();
        while (peek().isWord("or")) {
            Token or = take();
            left = call("or", or, left, conjunction());
        }
        depth--;
        return left;
    }

    private Syntax conjunction() {
        Syntax left = negation();
        while (peek().isWord("and")) {
            Token and = take();
            left = call("and", and, left, negation());
        }
        return left;
    }

    private Syntax negation() {
        if (!peek().isWord("not")) {
            return comparison();
        }
        Token not = take();
        return call("not", not, nested(this::negation));
    }

    private Syntax comparison() {
        Syntax left = sum();
        Token sign = peek();
        if (sign.kind() == Kind.SIGN && COMPARISONS.contains(sign.text())) {
            take();
            String operator = switch (sign.text()) {
                case "==" -> "=";
                case "!=" -> "<>";
                default -> sign.text();
            };
            return call(operator, sign, left, sum());
        }
        if (sign.isWord("is")) {
            take();
            boolean not = takeWord("not");
            requireWord("null");
            Syntax isNull = call("is null", sign, left);
            return not ? call("not", sign, isNull) : isNull;
        }
        if (sign.isWord("in")) {
            take();
            return in(left, sign);
        }
        if (sign.isWord("not") && tokens.get(next + 1).isWord("in")) {
            take();
            take();
            return call("not", sign, in(left, sign));
        }
        return left;
    }

    private Syntax in(Syntax left, Token in) {
        List<Syntax> arguments = new ArrayList<>();
        arguments.add(left);
        requireSign("(");
        do {
            arguments.add(expression());
        } while (takeSign(","));
        requireSign(")");
        return call("in", in, arguments);
    }

    private Syntax sum() {
        Syntax left = product();
        while (peek().isSign("+") || peek().isSign("-") || peek().isSign("||")) {
            Token sign = take();
            left = call(sign.text(), sign, left, product());
        }
        return left;
    }

    private Syntax product() {
        Syntax left = signed();
        while (peek().isSign("*") || peek().isSign("/") || peek().isSign("%")) {
            Token sign = take();
            left = call(sign.text(), sign, left, signed());
        }
        return left;
    }

    private Syntax signed() {
        if (!peek().isSign("-")) {
            return takeSign("+") ? nested(this::signed) : primary();
        }
        Token minus = take();
        Syntax value = nested(this::signed);
        return value instanceof Syntax.Literal(BigDecimal number, int at)
                ? new Syntax.Literal(number.negate(), at)
                : call("negate", minus, value);
    }

    private Syntax primary() {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> new Syntax.Literal(new BigDecimal(token.text()), token.at());
            case TEXT -> new Syntax.Literal(token.text(), token.at());
            case NAME -> new Syntax.Name(token.text(), token.at());
            case WORD -> word(token);
            case SIGN -> {
                if (!token.isSign("(")) {
                    throw Mistakes.of("a value is missing before `" + token.text() + "`", token.at());
                }
                Syntax inner = expression();
                requireSign(")");
                yield inner;
            }
            case END -> throw Mistakes.of("the expression ends where a value is missing", token.at());
        };
    }

    private Syntax word(Token token) {
        String word = token.text().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "null" -> new Syntax.Literal(null, token.at());
            case "true" -> new Syntax.Literal(true, token.at());
            case "false" -> new Syntax.Literal(false, token.at());
            case "case" -> choice(token);
            case "cast" -> cast(token);
            default -> {
                if (RESERVED.contains(word)) {
                    throw Mistakes.of(
                            "`" + token.text() + "` is not expected here",
                            token.at(),
                            "if it is a field, write it in double quotes");
                }
                yield takeSign("(") ? call(word, token, arguments()) : new Syntax.Name(token.text(), token.at());
            }
        };
    }

    private List<Syntax> arguments() {
        List<Syntax> arguments = new ArrayList<>();
        if (takeSign(")")) {
            return arguments;
        }
        do {
            arguments.add(expression());
        } while (takeSign(","));
        requireSign(")");
        return arguments;
    }

    /** {@code case when a then x when b then y else z end} as nested calls of {@code if}. */
    private Syntax choice(Token start) {
        List<Syntax> conditions = new ArrayList<>();
        List<Syntax> values = new ArrayList<>();
        while (takeWord("when")) {
            conditions.add(expression());
            requireWord("then");
            values.add(expression());
        }
        if (conditions.isEmpty()) {
            throw Mistakes.of("`case` needs `when`", start.at(), "write: case when ... then ... else ... end");
        }
        Syntax result = takeWord("else") ? expression() : new Syntax.Literal(null, start.at());
        requireWord("end");
        for (int i = conditions.size() - 1; i >= 0; i--) {
            result = call("if", start, conditions.get(i), values.get(i), result);
        }
        return result;
    }

    private Syntax cast(Token start) {
        requireSign("(");
        Syntax value = expression();
        requireWord("as");
        StringBuilder type = new StringBuilder();
        int open = 0;
        while (peek().kind() != Kind.END && !(open == 0 && peek().isSign(")"))) {
            Token part = take();
            open += part.isSign("(") ? 1 : part.isSign(")") ? -1 : 0;
            type.append(part.text().toLowerCase(Locale.ROOT));
        }
        requireSign(")");
        return new Syntax.Cast(value, type.toString(), start.at());
    }

    private Syntax call(String function, Token at, Syntax... arguments) {
        return call(function, at, List.of(arguments));
    }

    private Syntax call(String function, Token at, List<Syntax> arguments) {
        if (++operations > MOST_OPERATIONS) {
            throw Mistakes.of("the expression has more than " + MOST_OPERATIONS + " operations", at.at());
        }
        return new Syntax.Call(function, arguments, at.at());
    }

    /** One level deeper: signs and negations call themselves. */
    private Syntax nested(java.util.function.Supplier<Syntax> inner) {
        if (++depth > DEEPEST) {
            throw Mistakes.of("the expression is nested more than " + DEEPEST + " levels deep", peek().at());
        }
        Syntax value = inner.get();
        depth--;
        return value;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private boolean takeSign(String sign) {
        boolean there = peek().isSign(sign);
        next += there ? 1 : 0;
        return there;
    }

    private boolean takeWord(String word) {
        boolean there = peek().isWord(word);
        next += there ? 1 : 0;
        return there;
    }

    private void requireSign(String sign) {
        if (!takeSign(sign)) {
            throw missing(sign, null);
        }
    }

    private void requireWord(String word) {
        if (!takeWord(word)) {
            throw missing(word, null);
        }
    }

    private RuntimeException missing(String expected, @Nullable String fix) {
        return Mistakes.of("`" + expected + "` is expected in the place of `" + peek().text() + "`", peek().at(), fix);
    }
}
