package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.mysql.wire.ShortestDecimal;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * MySQL's binary form of JSON as the text that a query gives (the server's "JSON binary storage format"). MariaDB keeps its
 * JSON as text.
 */
final class JsonBinary {
    /** The server itself takes no document that is deeper. */
    private static final int MOST_DEPTH = 100;

    /** How much longer than its binary form a text can be. */
    private static final long MOST_GROWTH = 16;

    private static final int SMALL_OBJECT = 0;
    private static final int LARGE_OBJECT = 1;
    private static final int SMALL_ARRAY = 2;
    private static final int LARGE_ARRAY = 3;
    private static final int LITERAL = 4;
    private static final int INT16 = 5;
    private static final int UINT16 = 6;
    private static final int INT32 = 7;
    private static final int UINT32 = 8;
    private static final int INT64 = 9;
    private static final int UINT64 = 10;
    private static final int DOUBLE = 11;
    private static final int STRING = 12;
    private static final int OPAQUE = 15;
    private static final int MOST_PLAIN_DIGITS = 15;

    private final ByteSink out;
    private final byte[] bytes;
    private final int end;
    private final long mostText;

    private JsonBinary(ByteSink out, byte[] bytes, int at, int end) {
        this.out = out;
        this.bytes = bytes;
        this.end = end;
        this.mostText = out.size() + MOST_GROWTH * (end - at + 16L);
    }

    static void append(ByteSink out, byte[] bytes, int at, int length) throws IOException {
        if (length == 0) {
            out.put("null"); // what the server makes of a value that it could not convert
            return;
        }
        try {
            new JsonBinary(out, bytes, at, at + length).value(bytes[at], at + 1, 0);
        } catch (IndexOutOfBoundsException malformed) {
            throw new IOException("a JSON document of the log cannot be understood", malformed);
        }
    }

    private long number(int at, int count) {
        if (at < 0 || at + count > end) {
            throw new IndexOutOfBoundsException("a document ends at " + end);
        }
        return LogTimes.little(bytes, at, count);
    }

    private void value(int type, int at, int depth) throws IOException {
        if (depth > MOST_DEPTH || out.size() > mostText) {
            throw new IOException("a JSON document of the log is deeper or larger than any document can be");
        }
        switch (type) {
            case SMALL_OBJECT, LARGE_OBJECT -> container(at, type == LARGE_OBJECT ? 4 : 2, true, depth);
            case SMALL_ARRAY, LARGE_ARRAY -> container(at, type == LARGE_ARRAY ? 4 : 2, false, depth);
            case LITERAL -> literal((int) number(at, 1));
            case INT16 -> out.put(Short.toString((short) number(at, 2)));
            case UINT16 -> out.put(Long.toString(number(at, 2)));
            case INT32 -> out.put(Integer.toString((int) number(at, 4)));
            case UINT32 -> out.put(Long.toString(number(at, 4)));
            case INT64 -> out.put(Long.toString(number(at, 8)));
            case UINT64 -> out.put(Long.toUnsignedString(number(at, 8)));
            case DOUBLE -> out.put(text(Double.longBitsToDouble(number(at, 8))));
            case STRING -> {
                int length = length(at);
                string(at + lengthBytes(at), length);
            }
            case OPAQUE -> opaque(at);
            default -> throw new IOException("a value in a JSON document of the log is of the type " + type);
        }
    }

    private void container(int at, int width, boolean isObject, int depth) throws IOException {
        int count = (int) number(at, width);
        int keys = at + 2 * width;
        int values = isObject ? keys + count * (width + 2) : keys;
        out.put(isObject ? '{' : '[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(", ");
            }
            if (isObject) {
                int key = keys + i * (width + 2);
                string(at + (int) number(key, width), (int) number(key + width, 2));
                out.put(": ");
            }
            int entry = values + i * (1 + width);
            int type = (int) number(entry, 1);
            boolean inside = type == LITERAL
                    || type == INT16
                    || type == UINT16
                    || (width == 4 && (type == INT32 || type == UINT32));
            value(type, inside ? entry + 1 : at + (int) number(entry + 1, width), depth + 1);
        }
        out.put(isObject ? '}' : ']');
    }

    private void literal(int which) throws IOException {
        switch (which) {
            case 0 -> out.put("null");
            case 1 -> out.put("true");
            case 2 -> out.put("false");
            default -> throw new IOException("a JSON document of the log has the literal " + which);
        }
    }

    private int lengthBytes(int at) {
        int count = 1;
        while (count < 5 && (number(at + count - 1, 1) & 0x80) != 0) {
            count++;
        }
        return count;
    }

    private int length(int at) {
        long length = 0;
        int count = lengthBytes(at);
        for (int i = 0; i < count; i++) {
            length |= (number(at + i, 1) & 0x7F) << (7 * i);
        }
        if (length > end - at) {
            throw new IndexOutOfBoundsException("a text ends behind its document");
        }
        return (int) length;
    }

    private void string(int at, int length) {
        if (at < 0 || length > end - at) {
            throw new IndexOutOfBoundsException("a text ends behind its document");
        }
        out.put('"');
        for (int i = at; i < at + length; i++) {
            byte each = bytes[i];
            switch (each) {
                case '"', '\\' -> {
                    out.put('\\');
                    out.put(each);
                }
                case '\b' -> out.put("\\b");
                case '\f' -> out.put("\\f");
                case '\n' -> out.put("\\n");
                case '\r' -> out.put("\\r");
                case '\t' -> out.put("\\t");
                default -> {
                    if (each >= 0 && each < ' ') {
                        out.put("\\u%04x".formatted((int) each));
                    } else {
                        out.put(each);
                    }
                }
            }
        }
        out.put('"');
    }

    /** Values of other types of the server, such as decimals and dates. */
    private void opaque(int at) throws IOException {
        int type = (int) number(at, 1);
        int length = length(at + 1);
        int from = at + 1 + lengthBytes(at + 1);
        if (length > end - from) {
            throw new IndexOutOfBoundsException("a value ends behind its document");
        }
        switch (type) {
            case ColumnWire.NEWDECIMAL ->
                LogDecimals.append(out, bytes, from + 2, (int) number(from, 1), (int) number(from + 1, 1));
            case ColumnWire.DATE, ColumnWire.TIME, ColumnWire.DATETIME, ColumnWire.TIMESTAMP -> {
                out.put('"');
                LogTimes.json(out, type, bytes, from);
                out.put('"');
            }
            default -> {
                byte[] encoded = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, from + length));
                out.put("\"base64:type" + type + ":" + new String(encoded, StandardCharsets.US_ASCII) + "\"");
            }
        }
    }

    /** A number with the fewest digits that mean it, and a point or an exponent. */
    static String text(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal number = ShortestDecimal.of(value);
        int point = number.precision() - number.scale();
        if (point > -MOST_PLAIN_DIGITS && point <= MOST_PLAIN_DIGITS) {
            String plain = number.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = number.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e"
                + (point - 1);
    }
}
