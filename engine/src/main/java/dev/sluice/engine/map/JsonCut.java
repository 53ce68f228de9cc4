package dev.sluice.engine.map;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Copies the chosen parts of a JSON document and nothing else, byte by byte, so that what is kept is exactly as the source
 * wrote it. A path goes through lists to each of their elements. Where a path leads on and the value is a number, text or
 * truth value, the value is not kept. One thread uses it.
 */
final class JsonCut {
    private static final int DEEPEST = 512;

    private byte[] text = new byte[0];
    private int at;
    private int end;
    private byte[] out = new byte[256];
    private int length;
    private int depth;

    /** What came of a document. */
    enum Outcome {
        /** The result holds what is left. */
        CUT,
        /** Nothing of it is chosen. */
        NOTHING,
        /** It is no JSON document. */
        INVALID
    }

    byte[] result() {
        return out;
    }

    int resultLength() {
        return length;
    }

    Outcome cut(byte[] bytes, int from, int to, PathTree paths) {
        text = bytes;
        at = from;
        end = to;
        length = 0;
        depth = 0;
        try {
            skipBlanks();
            boolean kept = value(paths);
            skipBlanks();
            return at < end ? Outcome.INVALID : kept ? Outcome.CUT : Outcome.NOTHING;
        } catch (Malformed document) {
            return Outcome.INVALID;
        }
    }

    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super(null, null, false, false);
        }
    }

    /** Copies what is chosen of the value that begins here; false if nothing is. */
    private boolean value(PathTree paths) throws Malformed {
        int first = peek();
        if (paths.isWhole() || first == 'n') {
            int from = at;
            skipValue();
            copy(from, at);
            return true;
        }
        if (first != '{' && first != '[') {
            skipValue();
            return false;
        }
        if (++depth > DEEPEST) {
            throw new Malformed();
        }
        if (first == '{') {
            members(paths);
        } else {
            elements(paths);
        }
        depth--;
        return true;
    }

    private void members(PathTree paths) throws Malformed {
        take('{');
        put('{');
        boolean any = false;
        skipBlanks();
        if (peek() == '}') {
            at++;
            put('}');
            return;
        }
        while (true) {
            int key = at;
            skipText();
            int keyEnd = at;
            skipBlanks();
            take(':');
            skipBlanks();
            PathTree inner = paths.child(name(key + 1, keyEnd - 1));
            if (inner == null) {
                skipValue();
            } else {
                int before = length;
                if (any) {
                    put(',');
                }
                copy(key, keyEnd);
                put(':');
                if (value(inner)) {
                    any = true;
                } else {
                    length = before;
                }
            }
            skipBlanks();
            if (peek() == '}') {
                at++;
                put('}');
                return;
            }
            take(',');
            skipBlanks();
        }
    }

    private void elements(PathTree paths) throws Malformed {
        take('[');
        put('[');
        boolean any = false;
        skipBlanks();
        if (peek() == ']') {
            at++;
            put(']');
            return;
        }
        while (true) {
            int before = length;
            if (any) {
                put(',');
            }
            if (value(paths)) {
                any = true;
            } else {
                length = before;
            }
            skipBlanks();
            if (peek() == ']') {
                at++;
                put(']');
                return;
            }
            take(',');
            skipBlanks();
        }
    }

    /** Steps over the value that begins here, however deep it is. */
    private void skipValue() throws Malformed {
        int open = 0;
        do {
            skipBlanks();
            int first = peek();
            if (first == '"') {
                skipText();
            } else if (first == '{' || first == '[') {
                open++;
                at++;
            } else if (first == '}' || first == ']') {
                open--;
                at++;
                if (open < 0) {
                    throw new Malformed();
                }
            } else if (open > 0 && (first == ',' || first == ':')) {
                at++;
            } else {
                skipWord();
            }
        } while (open > 0);
    }

    /** A number or a literal. */
    private void skipWord() throws Malformed {
        int from = at;
        while (at < end && isOfWord(text[at])) {
            at++;
        }
        if (at == from) {
            throw new Malformed();
        }
    }

    private static boolean isOfWord(int character) {
        return (character >= '0' && character <= '9')
                || (character >= 'a' && character <= 'z')
                || character == 'E'
                || character == '-'
                || character == '+'
                || character == '.';
    }

    private void skipText() throws Malformed {
        take('"');
        while (true) {
            int next = peek();
            at++;
            if (next == '"') {
                return;
            }
            if (next == '\\') {
                at++;
            }
        }
    }

    /** The name between two quotes, its escapes resolved. */
    private String name(int from, int to) throws Malformed {
        String raw = new String(text, from, to - from, StandardCharsets.UTF_8);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char character = raw.charAt(i);
            if (character != '\\') {
                name.append(character);
                continue;
            }
            char escaped = raw.charAt(++i);
            switch (escaped) {
                case 'b' -> name.append('\b');
                case 'f' -> name.append('\f');
                case 'n' -> name.append('\n');
                case 'r' -> name.append('\r');
                case 't' -> name.append('\t');
                case 'u' -> {
                    name.append(unicode(raw, i + 1));
                    i += 4;
                }
                default -> name.append(escaped);
            }
        }
        return name.toString();
    }

    private static char unicode(String raw, int from) throws Malformed {
        if (from + 4 > raw.length()) {
            throw new Malformed();
        }
        try {
            return (char) Integer.parseInt(raw, from, from + 4, 16);
        } catch (NumberFormatException noDigits) {
            throw new Malformed();
        }
    }

    private int peek() throws Malformed {
        if (at >= end) {
            throw new Malformed();
        }
        return text[at];
    }

    private void take(char expected) throws Malformed {
        if (peek() != expected) {
            throw new Malformed();
        }
        at++;
    }

    private void skipBlanks() {
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private void put(char character) {
        makeRoom(1);
        out[length++] = (byte) character;
    }

    private void copy(int from, int to) {
        makeRoom(to - from);
        System.arraycopy(text, from, out, length, to - from);
        length += to - from;
    }

    private void makeRoom(int more) {
        if (length + more > out.length) {
            out = Arrays.copyOf(out, Math.max(length + more, 2 * out.length));
        }
    }
}
