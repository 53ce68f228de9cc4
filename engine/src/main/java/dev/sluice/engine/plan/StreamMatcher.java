package dev.sluice.engine.plan;

import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.NearNames;
import java.util.ArrayList;
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
        return NearNames.nearest(
                pattern,
                catalog.streams().stream().map(stream -> stream.id().toString()).toList());
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
}
