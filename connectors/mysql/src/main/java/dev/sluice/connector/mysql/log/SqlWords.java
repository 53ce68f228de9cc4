package dev.sluice.connector.mysql.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a statement, as far as one needs them to see what it does: comments are passed over, and what servers hide in
 * comments of their own is read.
 */
final class SqlWords {
    /** What a word is. */
    private enum Kind {
        PLAIN,
        QUOTED,
        TEXT,
        SIGN
    }

    /** A word. */
    record Word(String text, boolean isName, boolean isKeyword) {
        boolean is(String keyword) {
            return isKeyword && text.equalsIgnoreCase(keyword);
        }

        boolean isSign(char sign) {
            return !isName && text.length() == 1 && text.charAt(0) == sign;
        }

        String upper() {
            return isKeyword ? text.toUpperCase(Locale.ROOT) : "";
        }
    }

    private final String sql;
    private final List<Word> words = new ArrayList<>();
    private int at;

    private SqlWords(String sql) {
        this.sql = sql;
    }

    static List<Word> of(String sql) {
        SqlWords reader = new SqlWords(sql);
        while (reader.at < sql.length()) {
            reader.next();
        }
        return reader.words;
    }

    private void add(String text, Kind kind) {
        boolean isPlain = kind == Kind.PLAIN;
        words.add(new Word(kind == Kind.TEXT ? "" : text, isPlain || kind == Kind.QUOTED, isPlain));
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '`' || c == '"') {
            quoted(c, Kind.QUOTED);
        } else if (c == '\'') {
            quoted(c, Kind.TEXT);
        } else if (c == '#' || isDashes()) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end;
        } else if (sql.startsWith("/*", at)) {
            comment();
        } else if (sql.startsWith("*/", at)) {
            at += 2; // the end of what was hidden in a comment
        } else if (isPartOfWord(c)) {
            int from = at;
            while (at < sql.length() && isPartOfWord(sql.charAt(at))) {
                at++;
            }
            add(sql.substring(from, at), Kind.PLAIN);
        } else {
            add(String.valueOf(c), Kind.SIGN);
            at++;
        }
    }

    private boolean isDashes() {
        return sql.startsWith("--", at) && (at + 2 == sql.length() || sql.charAt(at + 2) <= ' ');
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }

    private void comment() {
        int code = sql.startsWith("/*!", at) ? at + 3 : sql.startsWith("/*M!", at) ? at + 4 : -1;
        if (code < 0) {
            int end = sql.indexOf("*/", at + 2);
            at = end < 0 ? sql.length() : end + 2;
            return;
        }
        at = code;
        while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
            at++;
        }
    }

    private void quoted(char quote, Kind kind) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            boolean another = at < sql.length();
            if (c == quote && another && sql.charAt(at) == quote) {
                at++;
            } else if (c == quote) {
                break;
            } else if (c == '\\' && quote != '`' && another) {
                c = sql.charAt(at++);
            }
            text.append(c);
        }
        add(text.toString(), kind);
    }
}
