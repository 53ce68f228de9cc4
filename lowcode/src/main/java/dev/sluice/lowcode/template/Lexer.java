package dev.sluice.lowcode.template;

import dev.sluice.lowcode.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into pieces. */
final class Lexer {
    private static final Pattern RAW_END = Pattern.compile("\\{%-?\\s*endraw\\s*-?%\\}");
    private static final Pattern RAW = Pattern.compile("\\{%-?\\s*raw\\s*-?%\\}");
    private static final Pattern FLOAT =
            Pattern.compile("(?<!\\.)\\d+(?:_\\d+)*(?:\\.\\d+(?:_\\d+)*(?:[eE][+-]?\\d+)?|[eE][+-]?\\d+)");
    private static final Pattern INTEGER = Pattern.compile("0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|\\d+(?:_\\d+)*");
    private static final List<String> OPERATORS = List.of(
            "**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "<", ">", "=", ".", ":", "|", ",", "(",
            ")", "[", "]", "{", "}");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean trimNext;

    private Lexer(String text) {
        this.text = text;
    }

    /** The pieces of a template; the last one is its end. */
    static List<Token> cut(String template) {
        String text = template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
        Lexer lexer = new Lexer(text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < text.length()) {
            int mark = nextMark();
            String before = text.substring(at, mark);
            boolean trims = mark + 2 < text.length() && text.charAt(mark + 2) == '-';
            addText(trimNext ? before.stripLeading() : before, trims);
            trimNext = false;
            at = mark;
            if (mark < text.length()) {
                marked();
            }
        }
        tokens.add(new Token(Kind.LAST, "", text.length()));
    }

    private void addText(String piece, boolean trims) {
        String content = trims ? piece.stripTrailing() : piece;
        if (!content.isEmpty()) {
            tokens.add(new Token(Kind.TEXT, content, at));
        }
    }

    private int nextMark() {
        for (int i = at; i + 1 < text.length(); i++) {
            char next = text.charAt(i + 1);
            if (text.charAt(i) == '{' && (next == '{' || next == '%' || next == '#')) {
                return i;
            }
        }
        return text.length();
    }

    private void marked() {
        char kind = text.charAt(at + 1);
        if (kind == '#') {
            int end = text.indexOf("#}", at + 2);
            if (end < 0) {
                throw new TemplateException("a comment does not end", at);
            }
            trimNext = text.charAt(end - 1) == '-';
            at = end + 2;
            return;
        }
        Matcher raw = RAW.matcher(text).region(at, text.length());
        if (kind == '%' && raw.lookingAt()) {
            raw(raw.end());
            return;
        }
        tokens.add(new Token(kind == '{' ? Kind.OUTPUT : Kind.STATEMENT, "", at));
        at += 2;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        inside(kind == '{' ? "}}" : "%}");
    }

    private void raw(int from) {
        Matcher end = RAW_END.matcher(text);
        if (!end.find(from)) {
            throw new TemplateException("a raw block does not end", at);
        }
        addText(text.substring(from, end.start()), false);
        at = end.end();
    }

    private void inside(String close) {
        int depth = 0;
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at >= text.length()) {
                throw new TemplateException("\"" + close + "\" is missing", at);
            }
            boolean dash = text.charAt(at) == '-';
            if (depth == 0 && text.startsWith(close, dash ? at + 1 : at)) {
                tokens.add(new Token(Kind.END, close, at));
                at += close.length() + (dash ? 1 : 0);
                trimNext = dash;
                return;
            }
            Token token = one();
            depth += switch (token.kind() == Kind.OPERATOR ? token.text() : "") {
                case "(", "[", "{" -> 1;
                case ")", "]", "}" -> -1;
                default -> 0;
            };
            tokens.add(token);
        }
    }

    private Token one() {
        char c = text.charAt(at);
        int start = at;
        if (c == '"' || c == '\'') {
            return new Token(Kind.STRING, string(c), start);
        }
        if (Character.isLetter(c) || c == '_') {
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            return new Token(Kind.NAME, text.substring(start, at), start);
        }
        if (Character.isDigit(c)) {
            return matched(FLOAT, Kind.FLOAT)
                    .or(() -> matched(INTEGER, Kind.INTEGER))
                    .orElseThrow();
        }
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return new Token(Kind.OPERATOR, operator, start);
            }
        }
        throw new TemplateException("the character " + c + " has no meaning here", at);
    }

    private Optional<Token> matched(Pattern pattern, Kind kind) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        Token token = new Token(kind, matcher.group(), at);
        at = matcher.end();
        return Optional.of(token);
    }

    private String string(char mark) {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != mark) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escape(content);
            } else {
                content.append(c);
            }
        }
        if (at >= text.length()) {
            throw new TemplateException("a text does not end", start);
        }
        at++;
        return content.toString();
    }

    private void escape(StringBuilder content) {
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> content.append('\n');
            case 't' -> content.append('\t');
            case 'r' -> content.append('\r');
            case '\\', '\'', '"' -> content.append(c);
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw new TemplateException("a \\u needs four digits", at);
                }
                content.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            }
            default -> content.append('\\').append(c);
        }
    }
}
