package dev.sluice.cdk.cells;

import dev.sluice.cdk.text.JsonScanner;
import org.jspecify.annotations.Nullable;

/** Walks over the keys of one object. One thread uses it. */
public final class JsonObjects {
    private final JsonScanner scanner = new JsonScanner();

    /** Makes a walker. */
    public JsonObjects() {}

    /** Hears of each key and its value. */
    public interface Visitor {
        /**
         * Takes a key and its value.
         *
         * @param keyFrom where the key's characters begin, behind the quote
         * @param keyTo where its closing quote stands
         * @param from where the value begins
         * @param to where it ends
         * @return what is wrong with it, or null
         */
        @Nullable
        Flaw field(int keyFrom, int keyTo, int from, int to);
    }

    /**
     * Walks over a record that lies between two places, with nothing but blanks around it.
     *
     * @return what is wrong with it, or null; the visitor has heard of the keys before the flaw
     */
    public @Nullable Flaw walk(byte[] text, int from, int to, Visitor visitor) {
        int at = JsonScanner.skipBlanks(text, from, to);
        if (at >= to || text[at] != '{') {
            return scanner.isValue(text, from, to) ? Flaw.NOT_AN_OBJECT : Flaw.NOT_JSON;
        }
        at = JsonScanner.skipBlanks(text, at + 1, to);
        if (at < to && text[at] == '}') {
            return end(text, at, to);
        }
        Flaw found = null;
        while (true) {
            if (at >= to || text[at] != '"') {
                return Flaw.NOT_JSON;
            }
            int keyFrom = at + 1;
            int keyTo = JsonScanner.closingQuote(text, keyFrom, to);
            int value = keyTo == JsonScanner.NONE ? to : afterColon(text, keyTo + 1, to);
            int end = value >= to ? JsonScanner.NONE : scanner.endOfValue(text, value, to);
            if (end == JsonScanner.NONE) {
                return Flaw.NOT_JSON;
            }
            if (found == null) {
                // Broken JSON later in the record counts more than what is wrong with one value.
                found = visitor.field(keyFrom, keyTo, value, end);
            }
            at = JsonScanner.skipBlanks(text, end, to);
            if (at >= to) {
                return Flaw.NOT_JSON;
            }
            if (text[at] == '}') {
                Flaw atEnd = end(text, at, to);
                return atEnd != null ? atEnd : found;
            }
            if (text[at] != ',') {
                return Flaw.NOT_JSON;
            }
            at = JsonScanner.skipBlanks(text, at + 1, to);
        }
    }

    private static int afterColon(byte[] text, int from, int to) {
        int colon = JsonScanner.skipBlanks(text, from, to);
        return colon < to && text[colon] == ':' ? JsonScanner.skipBlanks(text, colon + 1, to) : to;
    }

    private static @Nullable Flaw end(byte[] text, int brace, int to) {
        return JsonScanner.skipBlanks(text, brace + 1, to) == to ? null : Flaw.NOT_JSON;
    }
}
