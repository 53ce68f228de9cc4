package dev.sluice.airbyte.program;

import dev.sluice.airbyte.process.Lines;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lines of a connector's log. */
public final class Logged {
    private static final int MOST_CHARACTERS = 2000;
    private static final int MOST_BYTES = 4 * MOST_CHARACTERS;

    private Logged() {}

    /** A line that is no message. Whatever looks like a record is not repeated: it may hold personal data. */
    public static String plain(Lines lines) {
        String text =
                new String(lines.bytes(), lines.from(), Math.min(lines.length(), MOST_BYTES), StandardCharsets.UTF_8);
        return text.contains("\"RECORD\"") ? "a line that looks like a record could not be read" : one(text);
    }

    /** The line of a log message. */
    public static String message(Map<String, ?> log) {
        return one(String.valueOf(log.get("message")));
    }

    /** One line without control characters, which terminals would obey. */
    static String one(String text) {
        String line = text.replaceAll("\\x1B\\[[0-9;]*[A-Za-z]", "")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "…" : line;
    }
}
