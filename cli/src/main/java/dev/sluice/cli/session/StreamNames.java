package dev.sluice.cli.session;

import dev.sluice.spi.catalog.StreamId;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Streams as a command line names them: with or without their namespace, with {@code *} for any characters. */
public final class StreamNames {
    private StreamNames() {}

    /** True for the streams that one of the names means; for all if there is no name. */
    public static Predicate<StreamId> of(List<String> names) {
        List<Pattern> patterns = names.stream().map(StreamNames::pattern).toList();
        return stream -> patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(stream.toString()).matches()
                                || pattern.matcher(stream.name()).matches());
    }

    private static Pattern pattern(String glob) {
        String[] literals = glob.split("\\*", -1);
        StringBuilder regex = new StringBuilder(Pattern.quote(literals[0]));
        for (int i = 1; i < literals.length; i++) {
            regex.append(".*").append(Pattern.quote(literals[i]));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
