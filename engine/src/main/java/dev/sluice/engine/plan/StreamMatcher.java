package dev.sluice.engine.plan;

import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the streams that the patterns of a connection mean. */
final class StreamMatcher {
    private StreamMatcher() {}

    /** A pattern and the streams that it is the first to match. */
    record Match(StreamSettings settings, List<CatalogStream> streams) {}

    /** The matches in the order of the settings; a stream belongs to the first pattern that matches it. */
    static List<Match> match(List<StreamSettings> settings, Catalog catalog) {
        Map<StreamId, CatalogStream> left = new LinkedHashMap<>();
        catalog.streams().forEach(stream -> left.put(stream.id(), stream));
        List<Match> matches = new ArrayList<>();
        for (StreamSettings each : settings) {
            Pattern pattern = regex(each.pattern());
            List<CatalogStream> found = left.values().stream()
                    .filter(stream -> matches(pattern, each, stream.id()))
                    .toList();
            found.forEach(stream -> left.remove(stream.id()));
            matches.add(new Match(each, found));
        }
        return matches;
    }

    /** The name in the catalog that is spelled most like a pattern that matched nothing. */
    static Optional<String> nearest(String pattern, Catalog catalog) {
        return catalog.streams().stream()
                .map(stream -> stream.id().toString())
                .min(Comparator.comparingInt(name -> distance(name, pattern)))
                .filter(name -> distance(name, pattern) <= Math.max(2, pattern.length() / 3));
    }

    private static boolean matches(Pattern pattern, StreamSettings settings, StreamId id) {
        // A bare name also means the stream of that name in whatever namespace; with a dot it means exactly that one.
        return pattern.matcher(id.toString()).matches()
                || (settings.pattern().indexOf('.') < 0
                        && pattern.matcher(id.name()).matches());
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String literal : glob.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** The edit distance of Levenshtein, by the row-wise method. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitute, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
