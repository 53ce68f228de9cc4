package dev.sluice.cdk.cells;

import dev.sluice.cdk.text.JsonScanner;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.cdk.text.Utf8;
import dev.sluice.cdk.text.Words;
import java.util.Arrays;

/**
 * Where the members of objects lie in their text, so that one thread finds them and another one makes values of them, and nobody reads
 * the text twice. Not thread-safe.
 */
public final class JsonMembers {
    /** A value that is a string has no escapes. */
    static final int PLAIN = 1;

    /** A value has no byte beyond ASCII. */
    static final int ASCII = 2;

    /** The places of a member: where its key begins and ends, where its value does, and what is known of the value. */
    static final int WIDTH = 5;

    private final JsonScanner scanner = new JsonScanner();
    private int[] places = new int[WIDTH * 64];
    private int size;

    /** What was seen of the value that was scanned last. */
    private int known;

    /** Makes a list without members. */
    public JsonMembers() {}

    /** The number of members. */
    public int size() {
        return size / WIDTH;
    }

    /** The bytes of memory that they take. */
    public int bytes() {
        return size * Integer.BYTES;
    }

    /** Forgets all. */
    public void clear() {
        size = 0;
    }

    int[] places() {
        return places;
    }

    /**
     * Adds the members of an object.
     *
     * @return false if what lies between the two places is not exactly one object; nothing was added then
     */
    public boolean add(byte[] text, int from, int to) {
        int before = size;
        boolean isObject = walk(text, from, to);
        if (!isObject) {
            size = before;
        }
        return isObject;
    }

    private boolean walk(byte[] text, int from, int to) {
        if (from >= to || text[from] != '{') {
            return false;
        }
        int at = JsonScanner.skipBlanks(text, from + 1, to);
        if (at < to && text[at] == '}') {
            return at + 1 == to;
        }
        while (at < to && text[at] == '"') {
            int keyTo = JsonScanner.closingQuote(text, at + 1, to);
            int value = keyTo == JsonScanner.NONE ? to : afterColon(text, keyTo + 1, to);
            int end = value >= to ? JsonScanner.NONE : endOfValue(text, value, to);
            if (end == JsonScanner.NONE) {
                return false;
            }
            put(at + 1, keyTo, value, end);
            at = JsonScanner.skipBlanks(text, end, to);
            if (at >= to || text[at] == '}') {
                return at + 1 == to;
            }
            if (text[at] != ',') {
                return false;
            }
            at = JsonScanner.skipBlanks(text, at + 1, to);
        }
        return false;
    }

    private static int afterColon(byte[] text, int from, int to) {
        int colon = JsonScanner.skipBlanks(text, from, to);
        return colon < to && text[colon] == ':' ? JsonScanner.skipBlanks(text, colon + 1, to) : to;
    }

    private void put(int keyFrom, int keyTo, int from, int to) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
        }
        places[size] = keyFrom;
        places[size + 1] = keyTo;
        places[size + 2] = from;
        places[size + 3] = to;
        places[size + 4] = known;
        size += WIDTH;
    }

    private int endOfValue(byte[] text, int from, int to) {
        known = 0;
        int first = text[from];
        if (first == '"') {
            int quote = closingQuote(text, from + 1, to);
            return quote == JsonScanner.NONE ? quote : quote + 1;
        }
        if (first == '-' || (first >= '0' && first <= '9')) {
            known = ASCII;
            return JsonScanner.endOfNumber(text, from, to);
        }
        int end = scanner.endOfValue(text, from, to);
        if (end != JsonScanner.NONE && Utf8.skipAscii(text, from, end) == end) {
            known = ASCII;
        }
        return end;
    }

    /** Where the quote stands that closes a string; looks at its bytes for what is known of it at the same time. */
    private int closingQuote(byte[] text, int from, int to) {
        long seen = 0;
        int at = from;
        while (at + Long.BYTES <= to) {
            long word = Words.at(text, at);
            long special = JsonText.specialBytes(word);
            if (special == 0) {
                seen |= word;
                at += Long.BYTES;
                continue;
            }
            int before = Long.numberOfTrailingZeros(special) & -Byte.SIZE;
            seen |= word & ((1L << before) - 1);
            at += before / Byte.SIZE;
            if (text[at] == '"') {
                known = (seen & Words.HIGH_BITS) == 0 ? PLAIN | ASCII : PLAIN;
                return at;
            }
            break;
        }
        return JsonScanner.closingQuote(text, at, to);
    }
}
