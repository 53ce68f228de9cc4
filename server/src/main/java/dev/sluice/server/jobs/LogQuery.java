package dev.sluice.server.jobs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a log are meant.
 *
 * @param level the least level; null for any
 * @param source who wrote them; null for anybody
 * @param text what they contain, whatever the case of its letters; null for anything
 */
public record LogQuery(
        System.Logger.@Nullable Level level,
        @Nullable String source,
        @Nullable String text) {
    /** All lines. */
    public static final LogQuery ALL = new LogQuery(null, null, null);

    /** True for a line that is meant. */
    public boolean matches(LogLine line) {
        return (level == null || line.level().getSeverity() >= level.getSeverity())
                && (source == null || source.equals(line.source()))
                && (text == null || line.message().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }
}
