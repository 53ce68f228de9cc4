package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.NumberText;
import dev.sluice.connector.mysql.session.MySession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Makes of the values in the log the texts that a query gives. One thread uses it. */
final class LogValues {
    /** What the server is asked to convert at most; it takes no statement that is much longer. */
    private static final int MOST_ASKED_BYTES = 4 << 20;

    private static final int UUID_BYTES = 16;

    private final Charsets charsets;
    private final Supplier<MySession> server;
    private final ByteSink sink = new ByteSink(64);

    LogValues(Charsets charsets, Supplier<MySession> server) {
        this.charsets = charsets;
        this.server = server;
    }

    /** True if the server may have to be asked for the text of a column's values. */
    static boolean asks(LogShape.Column column, LogColumn now) {
        return Charsets.isWide(column.charset()) || isShape(now);
    }

    private static boolean isShape(LogColumn now) {
        return now.expression().contains("ST_AsText");
    }

    /** Writes the text of a value. */
    @FunctionalInterface
    private interface Text {
        void write(byte[] bytes, int at, int length) throws IOException;
    }

    private LogValue text(Text text) {
        return (rows, field, bytes, at, length) -> {
            sink.clear();
            text.write(bytes, at, length);
            rows.append(field, sink.bytes(), 0, sink.size());
        };
    }

    /** How the values of a column become texts. */
    LogValue of(ColumnWire wire, LogShape.Column column, LogColumn now) {
        boolean unsigned = column.isUnsigned();
        return switch (wire.real()) {
            case ColumnWire.TINY, ColumnWire.SHORT, ColumnWire.INT24, ColumnWire.LONG, ColumnWire.LONGLONG ->
                text((bytes, at, length) -> whole(LogTimes.little(bytes, at, length), length, unsigned));
            case ColumnWire.FLOAT ->
                text((bytes, at, length) ->
                        sink.put(Double.toString(Float.intBitsToFloat((int) LogTimes.little(bytes, at, length)))));
            case ColumnWire.DOUBLE ->
                text((bytes, at, length) ->
                        sink.put(Double.toString(Double.longBitsToDouble(LogTimes.little(bytes, at, length)))));
            case ColumnWire.NEWDECIMAL ->
                text((bytes, at, length) -> LogDecimals.append(sink, bytes, at, wire.first(), wire.second()));
            case ColumnWire.YEAR ->
                text((bytes, at, length) -> NumberText.append(sink, bytes[at] == 0 ? 0 : 1900 + (bytes[at] & 0xFF)));
            case ColumnWire.BIT ->
                text((bytes, at, length) -> sink.put(Long.toUnsignedString(LogTimes.big(bytes, at, length))));
            case ColumnWire.ENUM, ColumnWire.SET -> listed(wire.real() == ColumnWire.SET, column.members());
            case ColumnWire.JSON -> text((bytes, at, length) -> JsonBinary.append(sink, bytes, at, length));
            case ColumnWire.GEOMETRY -> asked(hex -> now.expression().replace("%s", "X'" + hex + "'"));
            case ColumnWire.DATE,
                    ColumnWire.NEWDATE,
                    ColumnWire.TIME,
                    ColumnWire.TIME2,
                    ColumnWire.DATETIME,
                    ColumnWire.DATETIME2,
                    ColumnWire.TIMESTAMP,
                    ColumnWire.TIMESTAMP2 -> text((bytes, at, length) -> moment(wire, bytes, at));
            default -> string(wire, column);
        };
    }

    private void whole(long value, int bytes, boolean unsigned) {
        int unused = Long.SIZE - 8 * bytes;
        if (!unsigned) {
            NumberText.append(sink, value << unused >> unused);
        } else if (value < 0) {
            sink.put(Long.toUnsignedString(value));
        } else {
            NumberText.append(sink, value);
        }
    }

    private void moment(ColumnWire wire, byte[] bytes, int at) throws IOException {
        switch (wire.type()) {
            case ColumnWire.DATE, ColumnWire.NEWDATE -> LogTimes.date(sink, bytes, at);
            case ColumnWire.TIME -> LogTimes.oldTime(sink, bytes, at);
            case ColumnWire.TIME2 -> LogTimes.time(sink, bytes, at, wire.first());
            case ColumnWire.DATETIME -> LogTimes.oldDatetime(sink, bytes, at);
            case ColumnWire.DATETIME2 -> LogTimes.datetime(sink, bytes, at, wire.first());
            case ColumnWire.TIMESTAMP -> LogTimes.oldTimestamp(sink, bytes, at);
            case ColumnWire.TIMESTAMP2 -> LogTimes.timestamp(sink, bytes, at, wire.first());
            default -> throw new IOException("no type of times has the number " + wire.type());
        }
    }

    private LogValue listed(boolean several, List<String> members) {
        List<byte[]> texts = members.stream()
                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                .toList();
        return text((bytes, at, length) -> {
            long value = LogTimes.little(bytes, at, length);
            if (!several) {
                if (value > texts.size()) {
                    throw new IOException("a value is number " + value + " of " + texts.size());
                }
                sink.put(value == 0 ? new byte[0] : texts.get((int) value - 1));
                return;
            }
            for (int i = 0; i < texts.size(); i++) {
                if ((value >> i & 1) != 0) {
                    if (sink.size() > 0) {
                        sink.put(',');
                    }
                    sink.put(texts.get(i));
                }
            }
        });
    }

    private LogValue string(ColumnWire wire, LogShape.Column column) {
        String base = column.base();
        String charset = column.charset();
        if (base.equals("uuid") || base.startsWith("inet")) {
            return text((bytes, at, length) -> network(base, bytes, at, length));
        }
        if (charset == null) {
            int padded = wire.type() == ColumnWire.STRING ? (int) column.length() : 0;
            return padded > 0
                    ? text((bytes, at, length) -> padded(bytes, at, length, padded))
                    : (rows, field, bytes, at, length) -> rows.append(field, bytes, at, at + length);
        }
        if (Charsets.isWide(charset)) {
            return asked(hex -> "_" + charset + " X'" + hex + "'");
        }
        if (Charsets.isUtf8(charset)) {
            return (rows, field, bytes, at, length) -> rows.append(field, bytes, at, at + length);
        }
        byte[][] table = charsets.table(charset, server);
        return text((bytes, at, length) -> {
            for (int i = at; i < at + length; i++) {
                sink.put(table[bytes[i] & 0xFF]);
            }
        });
    }

    /** The log leaves out the zeros at the end of a fixed string of bytes. */
    private void padded(byte[] bytes, int at, int length, int wanted) {
        sink.put(bytes, at, length);
        for (int i = length; i < wanted; i++) {
            sink.put(0);
        }
    }

    /** The server is asked for the text when the batch is full. */
    private static LogValue asked(UnaryOperator<String> expression) {
        return (rows, field, bytes, at, length) -> {
            if (length > MOST_ASKED_BYTES) {
                rows.appendTooLarge(field);
            } else {
                rows.ask(field, expression.apply(HexFormat.of().formatHex(bytes, at, at + length)));
            }
        };
    }

    /** MariaDB's types for UUIDs and addresses, whose last zeros or blanks the log may leave out. */
    private void network(String base, byte[] bytes, int at, int length) throws IOException {
        byte[] whole = Arrays.copyOf(Arrays.copyOfRange(bytes, at, at + length), base.equals("inet4") ? 4 : UUID_BYTES);
        switch (base) {
            case "uuid" -> uuid(whole);
            case "inet4" ->
                sink.put((whole[0] & 0xFF) + "." + (whole[1] & 0xFF) + "." + (whole[2] & 0xFF) + "."
                        + (whole[3] & 0xFF));
            default -> sink.put(inet6(whole));
        }
    }

    /** The server stores the parts of most UUIDs in reverse, so that they sort by time. */
    private void uuid(byte[] stored) {
        // Kept in their order are those whose version is 6 or higher, which already sort by time.
        boolean kept = (stored[6] & 0xF0) >= 0x60 && (stored[8] & 0xC0) == 0x80;
        byte[] plain = kept ? stored : new byte[UUID_BYTES];
        if (!kept) {
            System.arraycopy(stored, 12, plain, 0, 4);
            System.arraycopy(stored, 10, plain, 4, 2);
            System.arraycopy(stored, 8, plain, 6, 2);
            System.arraycopy(stored, 6, plain, 8, 2);
            System.arraycopy(stored, 0, plain, 10, 6);
        }
        String hex = HexFormat.of().formatHex(plain);
        sink.put(hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20));
    }

    /** An address as the server writes it: the longest run of zeros is left out, and the last part may be decimal. */
    private static String inet6(byte[] bytes) {
        int[] words = new int[8];
        int run = 0;
        int longest = 1;
        int longestAt = -1;
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) LogTimes.big(bytes, 2 * i, 2);
            run = words[i] == 0 ? run + 1 : 0;
            if (run > longest) {
                longest = run;
                longestAt = i + 1 - run;
            }
        }
        boolean decimal = longestAt == 0 && (longest == 6 || (longest == 5 && words[5] == 0xFFFF));
        String last = decimal
                ? (bytes[12] & 0xFF) + "." + (bytes[13] & 0xFF) + "." + (bytes[14] & 0xFF) + "." + (bytes[15] & 0xFF)
                : null;
        int end = decimal ? 6 : words.length;
        List<String> parts = Arrays.stream(words, 0, end)
                .mapToObj(Integer::toHexString)
                .collect(Collectors.toCollection(ArrayList::new));
        if (last != null) {
            parts.add(last);
        }
        if (longestAt < 0) {
            return String.join(":", parts);
        }
        return String.join(":", parts.subList(0, longestAt)) + "::"
                + String.join(":", parts.subList(Math.min(parts.size(), longestAt + longest), parts.size()));
    }
}
