package dev.sluice.connector.mysql.log;

import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.wire.LogRows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How texts in the character sets of columns become UTF-8, as the server itself would do it: one table a set of single
 * bytes, for which the server is asked once. Thread-safe.
 */
final class Charsets {
    /** Those in which a character may have several bytes, UTF-8 apart. */
    private static final Set<String> WIDE = Set.of(
            "big5", "ucs2", "sjis", "gbk", "cp932", "eucjpms", "ujis", "euckr", "gb2312", "gb18030", "utf16", "utf16le",
            "utf32");

    private static final int BYTES = 256;

    private final Map<String, byte[][]> tables = new ConcurrentHashMap<>();

    /** True if texts of it are UTF-8 as they are. */
    static boolean isUtf8(String charset) {
        return charset.startsWith("utf8");
    }

    /** True if only the server can tell what a text of it is. */
    static boolean isWide(@Nullable String charset) {
        return charset != null && WIDE.contains(charset);
    }

    /** True if a column keeps all texts when it is converted from one set to another. */
    static boolean isKept(String before, @Nullable String after) {
        return after != null
                && (before.equals(after) || (isUtf8(after) && !isWide(before) && !after.equals("utf8mb3")));
    }

    /** What each byte of a text in a set of single bytes stands for. */
    byte[][] table(String charset, Supplier<MySession> server) {
        byte[][] known = tables.get(charset);
        if (known == null) {
            known = ask(charset, server.get());
            tables.put(charset, known);
        }
        return known;
    }

    private static byte[][] ask(String charset, MySession session) {
        if (!charset.matches("[a-z0-9_]{1,32}")) {
            throw new IllegalArgumentException("no character set is called " + charset);
        }
        try {
            List<byte @Nullable []> answers = LogRows.answers(
                    session.wire(),
                    IntStream.range(0, BYTES)
                            .mapToObj(each -> "_%s X'%02X'".formatted(charset, each))
                            .toList());
            byte[][] table = new byte[BYTES][];
            for (int i = 0; i < BYTES; i++) {
                byte[] text = answers.get(i);
                table[i] = text == null ? new byte[0] : text;
            }
            return table;
        } catch (IOException failure) {
            throw session.failed(failure);
        }
    }
}
